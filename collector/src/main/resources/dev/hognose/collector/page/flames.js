// Draws stacks as a flame graph: each figure.flames names where its tree is.
"use strict";

async function drawFlames(figure) {
  const plot = figure.querySelector(".plot");
  try {
    const answer = await fetch(figure.dataset.stacks);
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error);
    drawTree(figure, body.tree);
  } catch (failure) {
    plot.textContent = failure.message;
  }
}

// A tree of name, value and children.
function drawTree(figure, tree) {
  const chart = flamegraph()
    .width(Math.max(240, figure.clientWidth))
    .cellHeight(20)
    .minFrameSize(2)
    .inverted(true)
    .selfValue(false)
    .label((frame) => `${frame.data.name}: ${frame.data.value} of ${tree.value}`);
  d3.select(figure.querySelector(".plot")).datum(tree).call(chart);
}

document.querySelectorAll("figure.flames").forEach(drawFlames);
