"use strict";
(() => {
  const page = JSON.parse(document.getElementById("data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = () => innerWidth < 600;
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /** An element with attributes and children. */
  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  /** A number with three digits, as the tables write it. */
  function text(value) {
    if (value == null || !Number.isFinite(value)) return "–";
    const size = Math.abs(value);
    return size !== 0 && (size < 1e-3 || size >= 1e5)
      ? value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e")
      : String(Number(value.toPrecision(3)));
  }

  /** The colour to draw with: dark ones are not to be seen on black. */
  function shown(color) {
    if (!dark.matches) return color;
    const [r, g, b] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16));
    const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const part = Math.max(0, (150 - light) / (255 - light));
    const mix = (c) => Math.round(c + part * (255 - c));
    return `rgb(${mix(r)}, ${mix(g)}, ${mix(b)})`;
  }

  function faded(color, alpha) {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = color;
    const hex = canvas.fillStyle;
    return hex + Math.round(alpha * 255).toString(16).padStart(2, "0");
  }

  /** Names at the ends of lines, moved apart where they would overlap. */
  function namesAtEnds(chart, drawn) {
    const ctx = chart.ctx;
    const ratio = devicePixelRatio;
    const height = 14 * ratio;
    const labels = [];
    for (const line of drawn) {
      if (["DOTS", "CHOICE"].includes(line.role) || !chart.series[line.index].show) continue;
      const ys = chart.data[line.index];
      let last = ys.length - 1;
      while (last >= 0 && (ys[last] == null || !(chart.valToPos(ys[last], "y", true) >= chart.bbox.top - 1))) last--;
      if (last < 0) continue;
      const left = chart.data[0][last] !== line.x[line.x.length - 1]; // it left the picture at the top
      const x = chart.valToPos(chart.data[0][last], "x", true);
      const y = left ? chart.bbox.top : chart.valToPos(ys[last], "y", true);
      labels.push({ name: line.name, color: line.color, bold: line.role === "LEARNED", left, x, y, at: y });
    }
    labels.sort((a, b) => a.y - b.y);
    const top = chart.bbox.top + height / 2;
    const bottom = chart.bbox.top + chart.bbox.height - height / 2;
    for (let pass = 0; pass < 30; pass++) {
      for (let i = 1; i < labels.length; i++) {
        const gap = height - (labels[i].at - labels[i - 1].at);
        if (gap > 0) { labels[i - 1].at -= gap / 2; labels[i].at += gap / 2; }
      }
      labels.forEach((label) => { label.at = Math.min(bottom, Math.max(top, label.at)); });
    }
    ctx.save();
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    const right = chart.bbox.left + chart.bbox.width;
    for (const label of labels) {
      ctx.font = `${label.bold ? "600 " : ""}${12 * ratio}px system-ui, sans-serif`;
      ctx.fillStyle = css("--ink"); // light colours cannot be read as text
      ctx.strokeStyle = label.color;
      ctx.lineWidth = ratio * (label.bold ? 2 : 1.2);
      ctx.beginPath();
      ctx.moveTo(label.left ? right + 6 * ratio : Math.min(label.x, right) + 2 * ratio, label.left ? label.at : label.y);
      ctx.lineTo(right + 12 * ratio, label.at);
      ctx.stroke();
      ctx.fillText(label.name, right + 15 * ratio, label.at);
    }
    ctx.restore();
  }

  /** The widest name, in pixels. */
  function nameWidth(names) {
    const ctx = document.createElement("canvas").getContext("2d");
    ctx.font = "600 12px system-ui, sans-serif";
    return Math.ceil(Math.max(0, ...names.map((name) => ctx.measureText(name).width)));
  }

  /** The table behind a chart: for those who cannot see it, and for whoever wants the numbers. */
  function dataTable(plot) {
    const strips = plot.kind === "STRIPS";
    const head = element("tr", {}, element("th", { scope: "col" }, plot.horizontal.title));
    const body = element("tbody", {});
    if (strips) {
      ["lowest", "median", "highest", "instances"].forEach((word) => head.append(element("th", { scope: "col" }, word)));
      for (const series of plot.series) {
        const sorted = series.y.filter((v) => v != null).sort((a, b) => a - b);
        const row = [sorted[0], sorted[Math.floor(sorted.length / 2)], sorted[sorted.length - 1]].map(text);
        body.append(element("tr", {}, element("th", { scope: "row" }, series.name),
          ...[...row, String(series.y.length)].map((cell) => element("td", {}, cell))));
      }
    } else {
      const xs = [...new Set(plot.series.flatMap((series) => series.x))].sort((a, b) => a - b);
      const few = xs.length <= 25 ? xs : xs.filter((_, i) => i % Math.ceil(xs.length / 20) === 0 || i === xs.length - 1);
      plot.series.forEach((series) => head.append(element("th", { scope: "col" }, series.name)));
      for (const x of few) {
        body.append(element("tr", {}, element("th", { scope: "row" }, text(x)),
          ...plot.series.map((series) => element("td", {}, text(series.y[series.x.indexOf(x)])))));
      }
    }
    return element("details", {}, element("summary", {}, "Numbers of this chart"),
      element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Numbers: " + plot.title },
        element("table", {}, element("thead", {}, head), body)));
  }

  /** What uPlot is given: columns, and where each series' own and its band's are. */
  function columns(plot) {
    const tables = [];
    const drawn = [];
    let index = 1;
    plot.series.forEach((series, k) => {
      const strip = plot.kind === "STRIPS";
      const x = strip ? series.y.map((_, i) => k + 0.6 * (((i * 0.618034) % 1) - 0.5)) : series.x;
      const order = x.map((_, i) => i).sort((a, b) => x[a] - x[b]);
      tables.push([order.map((i) => x[i]), order.map((i) => series.y[i])]);
      const line = { ...series, index, color: shown(series.color) };
      index++;
      if (series.band && series.band.low.some((v) => v != null)) {
        tables.push([series.band.x, series.band.high], [series.band.x, series.band.low]);
        line.high = index++;
        line.low = index++;
      }
      drawn.push(line);
    });
    return { data: uPlot.join(tables), drawn };
  }

  /** The largest 1, 2 or 5 times a power of ten that is not above a value. */
  function roundBelow(value) {
    const decade = 10 ** Math.floor(Math.log10(value));
    return Number((decade * [5, 2, 1].find((m) => m * decade <= value)).toPrecision(3));
  }

  /** Ticks of a logarithmic axis: as many as there is room for, on round numbers. */
  function ticks(low, high, most) {
    const first = Math.floor(Math.log10(low)), last = Math.ceil(Math.log10(high));
    const within = (every, digits) => {
      const found = [];
      for (let e = first; e <= last; e++) {
        if (e % every === 0) found.push(...digits.map((m) => Number((m * 10 ** e).toPrecision(3))));
      }
      return found.filter((at) => at >= low && at <= high);
    };
    const choices = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5, 7], [1, 2, 5], [1, 3]].map((digits) => within(1, digits));
    for (let every = 1; every <= last - first; every++) choices.push(within(every, [1]));
    const closest = 0.62 * Math.log(high / low) / most;
    const fits = (found) => found.length <= most && found.every((at, i) => i === 0 || Math.log(at / found[i - 1]) >= closest);
    const chosen = choices.find(fits) ?? [];
    if (chosen.length >= 3 || high / low > 10) {
      const bare = chosen.length > 1 && chosen[0] / low > Math.sqrt(chosen[1] / chosen[0]);
      return bare ? [roundBelow(low * 1.001), ...chosen] : chosen; // the lowest values need a label, too
    }
    const raw = (high - low) / most, unit = 10 ** Math.floor(Math.log10(raw));
    const step = unit * [1, 2, 5, 10].find((m) => m * unit >= raw);
    const even = [];
    for (let k = Math.ceil(low / step); k * step <= high; k++) even.push(Number((k * step).toPrecision(6)));
    return even;
  }

  /** How many ticks there is room for. */
  const room = (length, each) => Math.max(2, Math.floor(length / devicePixelRatio / each));

  /** How uPlot calls the scales. */
  const DISTRIBUTION = { LINEAR: 1, LOGARITHMIC: 3, SYMMETRIC: 4 };

  /** Up to here a symmetric axis is linear. */
  const LINEAR_PART = 0.01;

  /** Steps, episodes and units are counted. */
  const WHOLE = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((e) => [1, 2, 5].map((m) => m * 10 ** e));

  /** Where a horizontal axis has ticks, and what stands there. */
  function horizontalTicks(scale) {
    switch (scale) {
      case "LOGARITHMIC": return {
        splits: (u, _, low, high) => ticks(low, high, room(u.bbox.width, 42)), filter: (_, at) => at,
        values: (_, at) => at.map(text),
      };
      case "SYMMETRIC": return {
        splits: () => [-100, -10, -1, -0.1, 0, 0.1, 1, 10, 100], filter: (_, at) => at,
        values: (_, at) => at.map((v) => (Math.abs(v) === 0.1 || Math.abs(v) === 10 ? "" : text(v))),
      };
      default: return { incrs: WHOLE, values: (_, at) => at.map((v) => v.toLocaleString("en")) };
    }
  }

  /** Pictures on their way, with a slider for the moment. */
  function show(gallery, place, title) {
    const last = gallery.moments.length - 1;
    const slider = element("input", { type: "range", min: "0", max: String(last), step: "1", value: String(last), "aria-label": title });
    const moment = element("output", {});
    const figures = gallery.strips.map((strip) => {
      const image = element("img", {});
      const caption = element("figcaption", {});
      return { strip, image, caption, figure: element("figure", {}, image, caption) };
    });
    function turn() {
      const at = Number(slider.value);
      moment.textContent = gallery.moments[at];
      slider.setAttribute("aria-valuetext", gallery.moments[at]);
      for (const { strip, image, caption } of figures) {
        const frame = strip.frames[at];
        image.hidden = frame.image == null;
        if (frame.image != null) image.src = frame.image;
        image.alt = `${strip.name}, ${gallery.moments[at]}`;
        caption.replaceChildren(element("b", {}, strip.name), " " + frame.caption);
      }
    }
    slider.oninput = turn;
    turn();
    place.append(element("div", { class: "slider" }, slider, moment),
      element("div", { class: "gallery" }, ...figures.map((each) => each.figure)));
  }

  /** Draws a chart; a small one, among others of a section, has no switch and no names at ends. */
  function draw(plot, number, place, small) {
    const holder = element("div", { class: "chart" });
    const tools = element("span", { class: "tools" });
    const bar = element("div", { class: "bar" });
    const id = "plot-" + number;
    place.append(element("section", { class: "plot", "aria-labelledby": id },
      element(small ? "h3" : "h2", { id }, plot.title), bar, holder, dataTable(plot)));

    const strips = plot.kind === "STRIPS";
    const hidden = new Set();
    let logarithmic = plot.vertical.scale === "LOGARITHMIC";
    let chart = null;
    const outputs = new Map();

    if (logarithmic && !small) {
      const button = element("button", { type: "button", "aria-pressed": "true" }, "Logarithmic");
      button.onclick = () => {
        logarithmic = !logarithmic;
        button.setAttribute("aria-pressed", String(logarithmic));
        button.textContent = logarithmic ? "Logarithmic" : "Linear";
        render();
      };
      tools.append(button);
      bar.append(tools);
    }
    const switched = plot.series.filter((series) => series.role !== "CHOICE");
    if (small && switched.length === 1) switched.pop();
    switched.forEach((series) => {
      const box = element("input", { type: "checkbox" });
      box.checked = true;
      const output = element("output", {}, strips || small ? "" : text(series.y[series.y.length - 1]));
      const swatch = element("i", { "aria-hidden": "true" });
      swatch.dataset.color = series.color;
      const label = element("label", { class: "series " + series.role }, box, swatch, series.name);
      if (!strips && !small) label.append(output);
      box.onchange = () => {
        if (box.checked) hidden.delete(series); else hidden.add(series);
        render();
      };
      outputs.set(series.name + series.role, output);
      bar.append(label);
    });
    if (bar.childElementCount === 0) bar.remove();

    function range(values) {
      const usable = values.filter((v) => v != null && Number.isFinite(v) && (!logarithmic || v > 0));
      if (usable.length === 0) return logarithmic ? [0.1, 1] : [0, 1];
      let low = Infinity, high = -Infinity;
      for (const v of usable) { low = Math.min(low, v); high = Math.max(high, v); }
      if (plot.vertical.cut) { // who diverges leaves the picture at the top
        const starts = plot.series.map((s) => s.y[0]).filter((v) => v != null && Number.isFinite(v));
        if (starts.length > 0) high = Math.min(high, Math.max(low, 3 * Math.abs(Math.max(...starts))));
      }
      if (logarithmic) return [high / low > 10 ? roundBelow(low) : low / 1.15, high * 1.15];
      const room = 0.04 * (high - low || Math.abs(high) || 1);
      return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
    }

    function render() {
      const { data, drawn } = columns(plot);
      const ink = css("--ink"), grid = css("--line");
      bar.querySelectorAll("i").forEach((swatch) => { swatch.style.borderTopColor = shown(swatch.dataset.color); });
      const show = (line) => ![...hidden].some((h) => h.name === line.name && h.role === line.role);
      const visible = drawn.filter(show);
      const values = visible.flatMap((line) => line.y);
      const across = plot.horizontal.scale;
      const clip = logarithmic ? (v) => (v != null && v <= 0 ? null : v) : (v) => v;
      for (let s = 1; s < data.length; s++) data[s] = Array.from(data[s], (v) => (v == null ? v : clip(v)));
      const series = [{ label: plot.horizontal.title }];
      const bands = [];
      for (const line of drawn) {
        const choice = line.role === "CHOICE";
        const dots = strips || choice || line.role === "DOTS";
        const few = line.x.length <= 30 && !small;
        series[line.index] = {
          label: line.name, show: show(line), stroke: choice ? ink : line.color, spanGaps: true,
          width: line.role === "LEARNED" ? 2.6 : 1.5,
          points: {
            show: dots || few || across === "LOGARITHMIC",
            size: choice ? 13 : dots ? (strips ? 4 : 7) : 5,
            fill: choice ? "transparent" : strips ? faded(line.color, 0.55) : line.color,
            width: choice ? 2 : strips ? 0 : 1,
          },
          ...(dots ? { paths: () => null } : {}),
        };
        if (line.high) {
          for (const edge of [line.high, line.low]) {
            series[edge] = { show: show(line), stroke: "transparent", width: 0, spanGaps: true, points: { show: false } };
          }
          bands.push({ series: [line.high, line.low], fill: faded(line.color, line.role === "LEARNED" ? 0.2 : 0.1) });
        }
      }
      const ends = !strips && !small && !narrow();
      const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid }, font: "12px system-ui, sans-serif", labelFont: "13px system-ui, sans-serif" };
      const xs = data[0];
      const options = {
        width: Math.max(280, holder.clientWidth),
        height: small ? 230 : Math.round(Math.min(460, Math.max(260, holder.clientWidth * 0.5))),
        padding: [10, ends ? nameWidth(drawn.filter((l) => l.role !== "DOTS").map((l) => l.name)) + 20 : strips && narrow() ? 44 : 14, 0, 0],
        legend: { show: false },
        cursor: { y: !small, drag: { x: !strips, y: false }, ...(strips ? { points: { show: false } } : {}) },
        scales: {
          x: {
            time: false, distr: DISTRIBUTION[across], asinh: LINEAR_PART,
            range: strips ? [-0.6, plot.series.length - 0.4]
              : (_, low, high) => (across === "LOGARITHMIC" ? [low / 1.2, high * 1.2] : low < high ? [low, high] : [low - 0.5, high + 0.5]),
          },
          y: { distr: logarithmic ? 3 : 1, log: 10, range: range(values) },
        },
        axes: [
          strips
            ? { ...axis, grid: { show: false }, splits: () => plot.series.map((_, k) => k), rotate: -35, size: 90,
                values: (_, at) => at.map((k) => plot.series[k].name) }
            : { ...axis, label: plot.horizontal.title, labelSize: 20, size: 34, ...horizontalTicks(across) },
          { ...axis, label: plot.vertical.title, labelSize: 20, size: 62, values: (_, at) => at.map((v) => (v == null ? "" : text(v))),
            ...(logarithmic ? { splits: (u, _, low, high) => ticks(low, high, room(u.bbox.height, small ? 24 : 34)), filter: (_, at) => at } : {}) },
        ],
        series, bands,
        hooks: {
          draw: [(u) => { if (ends) namesAtEnds(u, drawn); }],
          setCursor: [(u) => values_(u, drawn)],
        },
      };
      if (chart) chart.destroy();
      chart = new uPlot(options, data, holder);
      holder.__chart = chart;
      const canvas = holder.querySelector("canvas");
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", `${plot.title}: ${plot.series.map((s) => s.name).join(", ")}. The numbers are in the table below.`);
    }

    /** The values where the pointer is, next to the names; at the end where it is nowhere. */
    function values_(u, drawn) {
      if (strips || small) return;
      const i = u.cursor.idx;
      for (const line of drawn.filter((each) => outputs.has(each.name + each.role))) {
        const ys = u.data[line.index];
        let at = i == null ? ys.length - 1 : i;
        while (at > 0 && ys[at] == null) at--;
        outputs.get(line.name + line.role).textContent = text(ys[at]);
      }
    }

    render();
    let width = holder.clientWidth;
    addEventListener("resize", () => { if (holder.clientWidth !== width) { width = holder.clientWidth; render(); } });
    dark.addEventListener("change", render);
    addEventListener("beforeprint", render);
  }

  let count = 0;
  page.plots.forEach((plot) => draw(plot, count++, document.getElementById("plots"), false));
  page.sections.forEach((section, i) => {
    const place = document.getElementById("section-" + i);
    section.galleries.forEach((gallery) => show(gallery, place, section.title));
    const plots = element("div", { class: "small plots" });
    place.append(plots);
    section.plots.forEach((plot) => draw(plot, count++, plots, true));
  });

  const again = document.getElementById("again");
  if (!page.command) again.remove();
  else {
    const copy = document.getElementById("copy");
    copy.onclick = async () => {
      try {
        await navigator.clipboard.writeText(page.command);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(document.getElementById("command"));
        copy.textContent = "Selected";
      }
      setTimeout(() => { copy.textContent = "Copy"; }, 2000);
    };
  }
})();
