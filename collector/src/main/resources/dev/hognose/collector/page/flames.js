// Draws stacks as a flame graph: each figure.flames names where its tree is.
"use strict";

async function fetchFlames(figure) {
  try {
    const answer = await fetch(figure.dataset.stacks);
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error);
    drawFlames(figure, body.tree);
  } catch (failure) {
    figure.querySelector(".plot").textContent = failure.message;
  }
}

document.querySelectorAll("figure.flames").forEach(fetchFlames);
