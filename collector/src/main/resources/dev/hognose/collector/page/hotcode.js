// Reads the hot code of a service and shows it as tables and a flame graph.
"use strict";

const SHOWN = 25;

function percent(share) {
  return `${(100 * share).toFixed(1)} %`;
}

// Rows of texts under heads; the first column names the row, the others are numbers.
function tableOf(caption, heads, rows) {
  const table = document.createElement("table");
  table.createCaption().textContent = caption;
  const head = table.createTHead().insertRow();
  heads.forEach((text, i) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    if (i > 0) cell.className = "number";
    cell.textContent = text;
    head.append(cell);
  });
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((text, i) => {
      const cell = i === 0 ? document.createElement("th") : line.insertCell();
      if (i === 0) {
        cell.scope = "row";
        line.append(cell);
      } else {
        cell.className = "number";
      }
      cell.textContent = text;
    });
  }
  return table;
}

function places(caption, hottest, seen) {
  return tableOf(
    caption,
    ["Place", "Itself", "With what it called"],
    hottest.slice(0, SHOWN).map((each) => [each.place, percent(each.self / seen), percent(each.total / seen)]),
  );
}

function told(profile) {
  const parts = [`${profile.seen} stacks of ${profile.samples} looks in ${profile.minutes} minutes`];
  if (profile.rest > 0) parts.push(`${profile.rest} of them had no room`);
  if (profile.cut) parts.push("some were cut");
  if (!profile.whole) parts.push("not all of the window could be read");
  if (profile.versions.length > 0) parts.push(`versions ${profile.versions.map((each) => each || "unknown").join(", ")}`);
  return parts.join("; ");
}

async function read(address) {
  const answer = await fetch(address);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  return body;
}

async function showProfile(section) {
  const state = section.querySelector(".state");
  try {
    const profile = await read(section.dataset.profile);
    if (profile.seen === 0) {
      state.textContent = "No stacks in this window. Agents send them with HOGNOSE_PROFILE=continuous.";
      return;
    }
    state.textContent = told(profile);
    section.querySelector(".functions").replaceChildren(places("The hottest functions", profile.functions, profile.seen));
    section.querySelector(".lines").replaceChildren(places("The hottest lines", profile.lines, profile.seen));
    drawFlames(section.querySelector("figure"), profile.tree);
  } catch (failure) {
    state.textContent = failure.message;
  }
}

async function showDifference(section) {
  const state = section.querySelector(".state");
  try {
    const change = await read(section.dataset.difference);
    if (change.before.seen === 0 || change.after.seen === 0) {
      state.textContent = "One of the windows has no stacks.";
      return;
    }
    state.textContent = `${change.before.seen} stacks before, ${change.after.seen} after${change.whole ? "" : "; not all could be read"}`;
    const rows = change.functions
      .slice(0, SHOWN)
      .map((each) => [
        each.function,
        percent(each.before_ratio),
        percent(each.after_ratio),
        percent(each.total_before_ratio),
        percent(each.total_after_ratio),
      ]);
    const heads = ["Function", "Itself before", "after", "With what it called before", "after"];
    section.querySelector(".wide").replaceChildren(tableOf("The largest changes", heads, rows));
  } catch (failure) {
    state.textContent = failure.message;
  }
}

document.querySelectorAll("section.hot").forEach(showProfile);
document.querySelectorAll("section.difference").forEach(showDifference);
