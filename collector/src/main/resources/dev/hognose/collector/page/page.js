// Asks for the page again every two seconds while somebody looks, and puts in what has changed.
// A selection or the keyboard's place is left alone until it is given up.
"use strict";

const EVERY_MS = 2000;
const live = document.getElementById("live");

function inUse() {
  const selection = document.getSelection();
  return (selection !== null && !selection.isCollapsed) || live.contains(document.activeElement);
}

async function refresh() {
  if (document.hidden || inUse()) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
    if (fresh !== null && fresh.innerHTML !== live.innerHTML && !inUse()) {
      live.replaceChildren(...fresh.childNodes);
    }
    live.classList.remove("away");
  } catch {
    live.classList.add("away");
  }
}

setInterval(refresh, EVERY_MS);
