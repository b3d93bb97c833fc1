"use strict";
(() => {
  const COLORS = ["#0b5cad", "#c2410c", "#1a7f4b", "#8a3ffc", "#b0246a", "#7a5c00", "#00707a", "#5b5b5b"];
  const DARK_COLORS = ["#8cc4ff", "#ffab7a", "#7fd6a0", "#c9aaff", "#ff9ec7", "#e6c75a", "#6fd3dd", "#c4c4c4"];
  const STATES = {
    RUNNING: "● running", STALLED: "◌ stalled", DONE: "✓ done", INTERRUPTED: "‖ interrupted",
    CRASHED: "✗ crashed", NEW: "○ not begun", DAMAGED: "✗ damaged",
  };
  const ORDER = ["RUNNING", "STALLED", "CRASHED", "INTERRUPTED", "NEW", "DONE", "DAMAGED"];
  const CHARTS = [
    { key: "validationLoss", title: "Validation loss", logarithmic: true },
    { key: "metaLoss", title: "Meta-loss of an episode", logarithmic: true },
    { key: "gradientNorm", title: "Norm of the meta-gradient", logarithmic: true },
    { key: "learningRate", title: "Learning rate of the outer optimizer", logarithmic: false },
  ];
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const css = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
  const at = (id) => document.getElementById(id);

  let snapshot = null;
  const chosen = new Map(); // id of a run → number of its color
  const curves = new Map(); // id of a run → { version, data }
  let touched = false; // whether the user has chosen runs

  /** An element with attributes and children. */
  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  /** Changes a text only where it is another: screen readers and selections stay undisturbed. */
  function write(node, value) {
    if (node.textContent !== value) node.textContent = value;
  }

  /** A number with three digits. */
  function text(value) {
    if (value == null || !Number.isFinite(value)) return "–";
    const size = Math.abs(value);
    return size !== 0 && (size < 1e-3 || size >= 1e5)
      ? value.toExponential(2).replace(/\.?0+e/, "e").replace("e+", "e")
      : String(Number(value.toPrecision(3)));
  }

  const count = (value) => value.toLocaleString("en");

  function time(seconds) {
    if (seconds == null) return "–";
    if (seconds < 60) return Math.round(seconds) + " s";
    if (seconds < 3600) return Math.round(seconds / 60) + " min";
    if (seconds < 86400) return Math.floor(seconds / 3600) + " h " + Math.round((seconds % 3600) / 60) + " min";
    return (seconds / 86400).toFixed(1) + " days";
  }

  const color = (id) => (dark.matches ? DARK_COLORS : COLORS)[chosen.get(id)];
  const nameOf = (id) => id || "this folder";

  // The table of runs

  const rows = new Map(); // id of a run → what its row is made of

  function row(run) {
    if (rows.has(run.id)) return rows.get(run.id);
    const box = element("input", { type: "checkbox", id: "run-" + rows.size });
    const swatch = element("i", { "aria-hidden": "true" });
    const label = element("label", { for: box.id }, nameOf(run.id));
    const problem = element("span", { class: "problem" });
    const links = element("span", { class: "problem" });
    const badge = element("span", { class: "badge" });
    const word = element("span", { class: "word" });
    const bar = element("progress", { max: "1", "aria-label": "Progress of " + nameOf(run.id) });
    const done = element("span", {});
    const cell = (name) => element("td", { "data-label": name });
    const cells = {
      best: cell("validation, best"), last: cell("validation, last"), metaLoss: cell("meta-loss"), norm: cell("norm of the meta-gradient"),
      rate: cell("rate"), skipped: cell("skipped"), speed: cell("episodes a second"), left: cell("time left"),
    };
    const line = element("tr", {},
      element("th", { scope: "row" }, element("span", { class: "name" }, box, swatch, label), problem, links),
      element("td", { class: "state" }, badge, word), element("td", { class: "progress" }, done, bar), ...Object.values(cells));
    box.onchange = () => { touched = true; choose(run.id, box.checked); };
    const made = { line, box, swatch, problem, links, badge, word, bar, done, cells, linked: "" };
    rows.set(run.id, made);
    return made;
  }

  function choose(id, wanted) {
    if (wanted) {
      const used = new Set(chosen.values());
      const free = COLORS.findIndex((_, i) => !used.has(i));
      if (free >= 0) chosen.set(id, free);
    } else {
      chosen.delete(id);
      curves.delete(id);
    }
    show();
    load();
  }

  const fileOf = (id, name) => "/file?" + new URLSearchParams({ run: id, name });

  function showRow(run) {
    const r = row(run);
    r.box.checked = chosen.has(run.id);
    r.box.disabled = !r.box.checked && chosen.size === COLORS.length;
    r.swatch.style.background = chosen.has(run.id) ? color(run.id) : "";
    r.swatch.style.borderColor = chosen.has(run.id) ? color(run.id) : "";
    write(r.problem, run.problem);
    const linked = run.content.report ? "report" : "";
    if (r.linked !== linked) {
      r.linked = linked;
      r.links.replaceChildren(...(linked ? [reportLink(run.id)] : []));
    }
    r.badge.className = "badge " + run.state;
    write(r.badge, STATES[run.state]);
    write(r.word, run.state === "STALLED" ? `${run.word}: no word for ${time((Date.now() - run.lastSign) / 1000)}`
      : run.state === "RUNNING" || !run.word ? run.doing : run.state === "DAMAGED" ? run.word : "Go on with: " + run.word);
    r.bar.value = run.episodes ? Math.min(1, (run.episode + run.part) / run.episodes) : 0;
    write(r.done, run.episodes ? `${count(run.episode)} of ${count(run.episodes)} episodes` : "");
    r.bar.hidden = !run.episodes;
    const { cells } = r;
    write(cells.best, text(run.bestLoss));
    write(cells.last, text(run.validationLoss));
    write(cells.metaLoss, text(run.metaLoss));
    write(cells.norm, text(run.gradientNorm));
    write(cells.rate, text(run.learningRate));
    write(cells.skipped, count(run.nonFinite));
    write(cells.speed, run.state === "RUNNING" ? text(run.episodesPerSecond) : "–");
    write(cells.left, run.state === "RUNNING" ? time(run.secondsLeft) : "–");
    Object.values(cells).forEach((cell) => cell.classList.toggle("nothing", cell.textContent === "–"));
    const words = at("find").value.toLowerCase().split(/\s+/);
    r.line.hidden = !words.every((word) => `${run.id} ${run.problem} ${STATES[run.state]}`.toLowerCase().includes(word));
    return r.line;
  }

  const reportLink = (id) =>
    element("a", { href: fileOf(id, "report.html"), target: "_blank", rel: "noopener", "aria-label": "Report of " + nameOf(id) }, "report");

  function show() {
    if (!snapshot) return;
    const runs = [...snapshot.runs].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.id.localeCompare(b.id, "en", { numeric: true }));
    if (!touched && chosen.size === 0 && runs.length > 0) {
      const running = runs.filter((run) => run.state === "RUNNING");
      chosen.set((running.length ? running : runs).reduce((a, b) => (b.lastSign > a.lastSign ? b : a)).id, 0);
    }
    const known = new Set(runs.map((run) => run.id));
    for (const id of [...chosen.keys()]) if (!known.has(id)) { chosen.delete(id); curves.delete(id); }
    for (const [id, r] of rows) if (!known.has(id)) { r.line.remove(); rows.delete(id); }
    write(at("folder"), snapshot.folder);
    document.title = "Glissade: runs in " + snapshot.folder;
    write(at("count"), `${count(runs.length)} ${runs.length === 1 ? "run" : "runs"}, ${runs.filter((run) => run.state === "RUNNING").length} running.`
      + (snapshot.whole ? "" : " There is more in this folder than was looked at."));
    at("none").hidden = runs.length > 0;
    at("some").hidden = runs.length === 0;
    write(at("start"), snapshot.start);
    write(at("hint"), chosen.size === COLORS.length ? `${COLORS.length} runs can be compared at once.` : "Tick runs to compare their curves.");
    const body = at("runs").tBodies[0];
    const lines = runs.map(showRow);
    const held = document.activeElement;
    lines.forEach((line, i) => { if (body.rows[i] !== line) body.insertBefore(line, body.rows[i] ?? null); });
    if (held !== document.activeElement && held.isConnected) held.focus({ preventScroll: true });
    showPictures();
    showResults();
    charts.forEach((chart) => chart.show());
  }

  let shownPictures = "";
  function showPictures() {
    const all = [...snapshot.runs.filter((run) => chosen.has(run.id)), ...snapshot.results]
      .flatMap((owner) => owner.content.pictures.map((picture) => ({ id: owner.id, ...picture })));
    at("pictures").hidden = all.length === 0;
    const key = JSON.stringify(all);
    if (key === shownPictures) return;
    shownPictures = key;
    at("pictures").querySelector(".gallery").replaceChildren(...all.map((picture) => {
      const name = picture.id ? picture.id + "/" + picture.name : picture.name;
      const address = fileOf(picture.id, picture.name) + "&at=" + picture.modified;
      return element("figure", {}, element("a", { href: address, target: "_blank", rel: "noopener" }, element("img", { src: address, alt: name, loading: "lazy" })),
        element("figcaption", {}, name));
    }));
  }

  let shownResults = "";
  function showResults() {
    const reports = snapshot.results.filter((result) => result.content.report);
    at("results").hidden = reports.length === 0;
    const key = JSON.stringify(reports.map((result) => result.id));
    if (key === shownResults) return;
    shownResults = key;
    at("results").querySelector("ul").replaceChildren(...reports.map((result) => element("li", {}, nameOf(result.id) + ": ", reportLink(result.id))));
  }

  // The curves of chosen runs

  let loading = false;
  let again = false; // a run was chosen meanwhile
  async function load() {
    again = loading;
    if (loading || !snapshot) return;
    const stale = snapshot.runs.filter((run) => chosen.has(run.id) && curves.get(run.id)?.version !== run.version);
    if (stale.length === 0) return;
    loading = true;
    try {
      await Promise.all(stale.map(async (run) => {
        const answer = await fetch("/curves?" + new URLSearchParams({ run: run.id }));
        if (answer.ok) curves.set(run.id, { version: run.version, data: await answer.json() });
      }));
      charts.forEach((chart) => chart.show());
    } catch {
      // the connection is lost; the next event asks again
    } finally {
      loading = false;
    }
    if (again) await load();
  }

  /** Ticks of a logarithmic axis: decades, and 2 and 5 between where there are few. */
  function ticks(low, high) {
    const found = [];
    const decades = Math.log10(high / low);
    const every = Math.max(1, Math.ceil(decades / 8));
    for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) {
      if (e % every !== 0) continue;
      for (const m of decades > 3 ? [1] : decades > 1 ? [1, 2, 5] : [1, 1.5, 2, 3, 5, 7]) {
        const tick = Number((m * 10 ** e).toPrecision(3));
        if (tick >= low && tick <= high) found.push(tick);
      }
    }
    return found.length > 1 ? found : [...new Set([low, (low + high) / 2, high])];
  }

  function makeChart({ key, title, logarithmic }) {
    const id = "chart-" + key;
    const holder = element("div", { class: "chart" });
    const legend = element("div", { class: "legend" });
    const button = element("button", { type: "button" });
    const table = element("tbody", {});
    const head = (...names) => element("thead", {}, element("tr", {}, ...names.map((name) => element("th", { scope: "col" }, name))));
    const section = element("section", { class: "plot", hidden: "", "aria-labelledby": id },
      element("h2", { id }, title), element("div", { class: "bar tools" }, button, legend), holder,
      element("details", {}, element("summary", {}, "Numbers of this chart"),
        element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Numbers: " + title },
          element("table", {}, head("run", "points", "first", "lowest", "highest", "last"), table))));
    at("charts").append(section);
    let chart = null;
    let made = "";
    const outputs = new Map();

    button.onclick = () => { logarithmic = !logarithmic; render(true); };

    const shownRuns = () => [...chosen.keys()].filter((run) => curves.has(run)).map((run) => ({ id: run, ...curves.get(run).data[key] }))
      .filter((run) => run.x.length > 0);

    function range(low, high) {
      if (low == null || !Number.isFinite(low)) return logarithmic ? [0.1, 1] : [0, 1];
      if (logarithmic) return [low / 1.15, high * 1.15];
      const room = 0.05 * (high - low || Math.abs(high) || 1);
      return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
    }

    function render(anew) {
      const runs = shownRuns();
      section.hidden = runs.length === 0;
      if (section.hidden) return;
      write(button, logarithmic ? "Logarithmic" : "Linear");
      button.setAttribute("aria-pressed", String(logarithmic));
      button.setAttribute("aria-label", `${title}: logarithmic axis`);
      const visible = (v) => (v != null && Number.isFinite(v) && (!logarithmic || v > 0) ? v : null);
      const data = uPlot.join(runs.map((run) => [run.x, run.y.map(visible)]));
      const width = Math.max(240, holder.clientWidth);
      const what = JSON.stringify([runs.map((run) => [run.id, color(run.id)]), logarithmic, width, dark.matches]);
      if (chart && !anew && what === made) {
        chart.setData(data);
      } else {
        made = what;
        chart?.destroy();
        chart = new uPlot(options(runs, width), data, holder);
        holder.__chart = chart;
        const canvas = holder.querySelector("canvas");
        canvas.setAttribute("role", "img");
        legend.replaceChildren(...runs.map((run) => {
          const line = element("i", { "aria-hidden": "true" });
          line.style.borderTopColor = color(run.id);
          const output = element("output", {});
          outputs.set(run.id, output);
          return element("span", {}, line, nameOf(run.id), output);
        }));
      }
      holder.querySelector("canvas").setAttribute("aria-label", `${title} by episodes: ${runs.map((run) => nameOf(run.id)).join(", ")}. The numbers are in the table below.`);
      runs.forEach((run) => write(outputs.get(run.id), text(run.y.at(-1))));
      table.replaceChildren(...runs.map((run) => {
        const numbers = [run.y[0], Math.min(...run.y), Math.max(...run.y), run.y.at(-1)];
        return element("tr", {}, element("th", { scope: "row" }, nameOf(run.id)), element("td", {}, count(run.y.length)),
          ...numbers.map((number) => element("td", {}, text(number))));
      }));
    }

    function options(runs, width) {
      const ink = css("--ink"), grid = css("--line");
      const axis = { stroke: ink, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid }, font: "12px system-ui, sans-serif", labelFont: "13px system-ui, sans-serif" };
      return {
        width, height: Math.round(Math.min(340, Math.max(220, width * 0.5))), padding: [10, 26, 0, 0],
        legend: { show: false },
        scales: {
          x: { time: false, range: (_, low, high) => [0, Math.max(1, high ?? 1)] },
          y: { distr: logarithmic ? 3 : 1, log: 10, range: (_, low, high) => range(low, high) },
        },
        axes: [
          { ...axis, label: "episode", labelSize: 18, size: 34, values: (_, all) => all.map((v) => (Number.isInteger(v) ? count(v) : "")) },
          { ...axis, size: 62, values: (_, all) => all.map((v) => (v == null ? "" : text(v))),
            ...(logarithmic ? { splits: (u, i, low, high) => ticks(low, high), filter: (_, all) => all } : {}) },
        ],
        series: [{ label: "episode" }, ...runs.map((run) => ({ label: nameOf(run.id), stroke: color(run.id), width: 1.8, spanGaps: true,
          points: { show: (u, i) => u.data[i].filter((v) => v != null).length <= 30, size: 5, fill: color(run.id) } }))],
        hooks: { setCursor: [(u) => {
          runs.forEach((run, k) => {
            const ys = u.data[k + 1];
            let i = u.cursor.idx ?? ys.length - 1;
            while (i > 0 && ys[i] == null) i--;
            write(outputs.get(run.id), text(ys[i]));
          });
        }] },
      };
    }

    addEventListener("resize", () => render(false));
    dark.addEventListener("change", () => { render(true); });
    return { show: () => render(false) };
  }

  const charts = CHARTS.map(makeChart);
  dark.addEventListener("change", show);
  at("find").oninput = show;
  at("clear").onclick = () => { touched = true; chosen.clear(); curves.clear(); show(); };
  at("copy").onclick = async () => {
    try {
      await navigator.clipboard.writeText(snapshot.start);
      write(at("copy"), "Copied");
    } catch {
      getSelection().selectAllChildren(at("start"));
      write(at("copy"), "Selected");
    }
    setTimeout(() => write(at("copy"), "Copy"), 2000);
  };

  const events = new EventSource("/events");
  events.addEventListener("runs", (event) => {
    snapshot = JSON.parse(event.data);
    show();
    load();
  });
  events.onopen = () => write(at("connection"), "Live.");
  events.onerror = () => write(at("connection"), "The connection to the dashboard is lost: is it still running?");
})();
