// Draws the past of a process: each figure.chart names where its history is, and which series of it.
"use strict";

const EVERY_CHART_MS = 10000;

async function drawAll() {
  if (document.hidden) return;
  const byHistory = new Map();
  for (const figure of document.querySelectorAll("figure.chart")) {
    byHistory.set(figure.dataset.history, [...(byHistory.get(figure.dataset.history) ?? []), figure]);
  }
  for (const [history, figures] of byHistory) {
    try {
      const answer = await fetch(history);
      const body = await answer.json();
      if (!answer.ok) throw new Error(body.error);
      figures.forEach((figure) => draw(figure, body));
    } catch (failure) {
      figures.forEach((figure) => { figure.querySelector(".state").textContent = failure.message; });
    }
  }
}

drawAll();
setInterval(drawAll, EVERY_CHART_MS);
