// How the past of a process and its stacks are drawn; who calls this knows where they come from.
"use strict";

const NAMES = {
  rss_bytes: "resident",
  memory_limit_bytes: "limit",
  allocated_blocks: "blocks",
  cpu_cores: "of a core",
  lag_p99_seconds: "lag",
  blocked_ratio: "blocked",
  gil_wait_ratio: "waiting",
  gc_ratio: "collecting",
  tasks: "tasks",
  threads: "threads",
  open_fds: "descriptors",
};

function scaled(value, units, step) {
  let unit = 0;
  while (Math.abs(value) >= step && unit < units.length - 1) {
    value /= step;
    unit += 1;
  }
  return `${+value.toPrecision(3)}${units[unit]}`;
}

const WRITE = {
  bytes: (value) => scaled(value, [" B", " KiB", " MiB", " GiB", " TiB"], 1024),
  count: (value) => scaled(value, ["", " k", " M", " G"], 1000),
  ratio: (value) => `${+(value * 100).toPrecision(3)} %`,
  seconds: (value) => (value < 1 ? `${+(value * 1000).toPrecision(3)} ms` : `${+value.toPrecision(3)} s`),
};

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

// A line of the slope that was found, as high as nine of ten points are above it.
function floor(times, values, slope, since) {
  const perSecond = slope / 3600;
  const heights = [];
  times.forEach((time, index) => {
    if (time >= since && values[index] !== null) heights.push(values[index] - perSecond * time);
  });
  if (heights.length < 2) return null;
  heights.sort((a, b) => a - b);
  const height = heights[Math.floor(heights.length / 10)];
  return times.map((time) => (time >= since ? height + perSecond * time : null));
}

function columns(figure, history) {
  const times = history.at_ms.map((at) => at / 1000);
  const data = [times];
  const series = [{ label: "UTC", value: "{YYYY}-{MM}-{DD} {HH}:{mm}:{ss}" }];
  const write = WRITE[figure.dataset.unit];
  const strokes = [colour("link"), colour("critical")];
  figure.dataset.series.split(" ").forEach((name, index) => {
    if (history[name].every((value) => value === null)) return;
    data.push(history[name]);
    series.push({
      label: NAMES[name],
      stroke: strokes[index],
      width: 1.5,
      dash: index > 0 ? [6, 4] : undefined,
      value: (plot, value) => (value === null ? "–" : write(value)),
    });
  });
  if (figure.dataset.slope !== "" && data.length > 1) {
    const fitted = floor(times, data[1], Number(figure.dataset.slope), Number(figure.dataset.since) / 1000);
    if (fitted !== null) {
      data.push(fitted);
      series.push({ label: "fitted floor", stroke: colour("warning"), width: 2, value: (plot, value) => (value === null ? "–" : write(value)) });
    }
  }
  return { data, series, write };
}

// Of bytes the steps of an axis are powers of two, so that its labels are round.
const STEPS = Array.from({ length: 50 }, (none, power) => 2 ** power);

// Hours and minutes, and the day where it changes; always UTC, as everything here.
function clock(plot, times) {
  return times.map((time, index) => {
    const written = new Date(time * 1000).toISOString();
    const before = index > 0 ? new Date(times[index - 1] * 1000).toISOString() : "";
    const day = written.slice(0, 10);
    return before.startsWith(day) ? written.slice(11, 16) : `${written.slice(11, 16)}\n${day}`;
  });
}

// Alerts on a chart: their lives as bands, their beginnings and ends as lines.
function markers(marks) {
  return (plot) => {
    const { ctx, bbox } = plot;
    const low = plot.scales.x.min;
    const high = plot.scales.x.max;
    const place = (at) => plot.valToPos(Math.min(high, Math.max(low, at)), "x", true);
    ctx.save();
    for (const mark of marks) {
      const from = mark.fired_ms / 1000;
      const to = (mark.resolved_ms ?? Infinity) / 1000;
      if (from > high || to < low) continue;
      ctx.strokeStyle = ctx.fillStyle = colour(mark.severity);
      ctx.lineWidth = 2 * devicePixelRatio;
      ctx.globalAlpha = 0.12;
      ctx.fillRect(place(from), bbox.top, Math.max(1, place(to) - place(from)), bbox.height);
      ctx.globalAlpha = 1;
      for (const at of [from, to].filter((moment) => moment >= low && moment <= high)) {
        ctx.setLineDash(at === from ? [] : [4, 4]);
        ctx.beginPath();
        ctx.moveTo(place(at), bbox.top);
        ctx.lineTo(place(at), bbox.top + bbox.height);
        ctx.stroke();
      }
      ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
      ctx.textAlign = "left";
      ctx.textBaseline = "top";
      ctx.fillText(mark.number, place(from) + 4 * devicePixelRatio, bbox.top + 2 * devicePixelRatio);
    }
    ctx.restore();
  };
}

function options(figure, series, write, marks) {
  const axis = { stroke: colour("quiet"), grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1 } };
  return {
    width: Math.max(240, figure.clientWidth),
    height: 190,
    series,
    hooks: marks.length > 0 ? { draw: [markers(marks)] } : {},
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    axes: [
      { ...axis, values: clock },
      { ...axis, size: 76, values: (plot, ticks) => ticks.map(write), ...(figure.dataset.unit === "bytes" ? { incrs: STEPS } : {}) },
    ],
    scales: { y: { range: (plot, low, high) => [Math.min(0, low ?? 0), (high ?? 1) * 1.05 || 1] } },
  };
}

function draw(figure, history, marks = []) {
  const { data, series, write } = columns(figure, history);
  const state = figure.querySelector(".state");
  const plot = figure.querySelector(".plot");
  if (data.length < 2) {
    state.textContent = "nothing is known of this time";
    return;
  }
  const last = data[1].findLast((value) => value !== null);
  state.textContent = `last ${write(last)}${history.whole ? "" : "; not all of the past could be read"}`;
  if (figure.plot === undefined || figure.plot.series.length !== series.length) {
    plot.replaceChildren();
    figure.plot = new uPlot(options(figure, series, write, marks), data, plot);
  } else {
    figure.plot.setData(data);
  }
}

// Stacks as a flame graph.
function drawFlames(figure, tree) {
  const chart = flamegraph()
    .width(Math.max(240, figure.clientWidth))
    .cellHeight(20)
    .minFrameSize(2)
    .inverted(true)
    .selfValue(false)
    .label((frame) => `${frame.data.name}: ${frame.data.value} of ${tree.value}`);
  const plot = figure.querySelector(".plot");
  plot.replaceChildren();
  d3.select(plot).datum(tree).call(chart);
}

addEventListener("resize", () => {
  for (const figure of document.querySelectorAll("figure.chart")) {
    figure.plot?.setSize({ width: Math.max(240, figure.clientWidth), height: 190 });
  }
});
