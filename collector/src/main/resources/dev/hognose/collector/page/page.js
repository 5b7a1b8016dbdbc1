// Asks for the page again every two seconds while somebody looks, and puts in what has changed.
// A selection or the keyboard's place is left alone until it is given up; what a script has drawn
// (data-keep) moves into the new page as it is, and learns what it is to draw from now on.
// A page that needs scripts that are not here, as an alert that was not known before, is loaded anew.
"use strict";

const EVERY_MS = 2000;
const live = document.getElementById("live");
let shown = live.innerHTML;

function inUse() {
  const selection = document.getSelection();
  return (selection !== null && !selection.isCollapsed) || live.contains(document.activeElement);
}

function show(fresh) {
  for (const drawn of live.querySelectorAll("[data-keep]")) {
    const place = fresh.querySelector(`[data-keep="${CSS.escape(drawn.dataset.keep)}"]`);
    if (place === null) continue;
    Object.assign(drawn.dataset, place.dataset);
    place.replaceWith(drawn);
  }
  live.replaceChildren(...fresh.childNodes);
}

function lacksScripts(fresh) {
  const here = new Set([...document.scripts].map((script) => script.getAttribute("src")));
  return [...fresh.scripts].some((script) => !here.has(script.getAttribute("src")));
}

async function refresh() {
  if (document.hidden || inUse()) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    // A proxy answers for a collector that is gone, and the door for one that lets nobody in.
    if (fresh === null) throw new Error("not one of our pages");
    if (fresh.innerHTML !== shown && !inUse()) {
      if (lacksScripts(page)) {
        location.reload();
        return;
      }
      shown = fresh.innerHTML;
      show(fresh);
    }
    live.classList.remove("away");
  } catch {
    live.classList.add("away");
  }
}

setInterval(refresh, EVERY_MS);
