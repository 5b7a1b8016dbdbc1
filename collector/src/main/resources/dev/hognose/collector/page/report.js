// Draws a report: what the figures name is in the page itself.
"use strict";

const held = JSON.parse(document.getElementById("held").textContent);

for (const figure of document.querySelectorAll("figure.chart")) {
  draw(figure, held.histories[figure.dataset.history], held.marks[figure.dataset.history]);
}
for (const figure of document.querySelectorAll("figure.flames")) {
  drawFlames(figure, held.trees[figure.dataset.stacks]);
}
