// Draws stacks as a flame graph, and again when they are others: each figure.flames names where its tree is.
"use strict";

const EVERY_FLAMES_MS = 10000;

async function showFlames(figure) {
  try {
    const answer = await fetch(figure.dataset.stacks);
    const text = await answer.text();
    const body = JSON.parse(text);
    if (!answer.ok) throw new Error(body.error);
    // Who looks into a part of it stays there while it is the same.
    if (figure.shown !== text) {
      drawFlames(figure, body.tree);
      figure.shown = text;
    }
  } catch (failure) {
    if (figure.shown === undefined) figure.querySelector(".plot").textContent = failure.message;
  }
}

function showAllFlames() {
  document.querySelectorAll("figure.flames").forEach(showFlames);
}

showAllFlames();
setInterval(() => { if (!document.hidden) showAllFlames(); }, EVERY_FLAMES_MS);
