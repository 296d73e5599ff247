"use strict";

const TEXT = {
  en: {
    model: "Model", theme: "Light / dark", docs: "Interfaces", give: "Give it a picture",
    drop: "Drop, paste or choose an image", draw: "Or draw one",
    keys: "With the keyboard: arrows move the pen, space puts it down or lifts it.", clear: "Clear",
    gallery: "Or take one of the test set", answer: "What it is", nothing: "No picture yet.",
    seen: "What the model got", inside: "Feature maps", noMaps: "Each convolution's output appears here.",
    live: "Requests", rate: "Requests per second", latency: "Latency, ms: median, and 99 of 100", summary: "Summary",
    graph: "Graph", key: "API key", ok: "OK", layer: "Layer", kind: "Kind", shape: "Output shape",
    parameters: "Parameters", total: "Total", trainable: "trainable", nonTrainable: "not trainable",
    optimizer: "of the optimizer", now: "now", most: "top", requests: " requests, ", errors: " errors",
    hidden: "The figures need an API key.", noImage: "That is not an image.",
  },
  ko: {
    model: "모델", theme: "밝게 / 어둡게", docs: "인터페이스", give: "그림을 주세요",
    drop: "이미지를 끌어 놓거나, 붙여 넣거나, 고르세요", draw: "또는 직접 그리기",
    keys: "키보드: 화살표로 펜을 옮기고, 스페이스로 펜을 내리거나 듭니다.", clear: "지우기",
    gallery: "또는 테스트 이미지에서 고르기", answer: "판별 결과", nothing: "아직 그림이 없습니다.",
    seen: "모델이 실제로 받은 그림", inside: "특징 맵", noMaps: "합성곱 층마다 출력이 여기에 나타납니다.",
    live: "요청", rate: "초당 요청 수", latency: "응답 시간(ms): 중앙값, 99번째 백분위", summary: "요약",
    graph: "그래프", key: "API 키", ok: "확인", layer: "층", kind: "종류", shape: "출력 형태",
    parameters: "매개변수", total: "합계", trainable: "학습됨", nonTrainable: "고정됨",
    optimizer: "옵티마이저", now: "현재", most: "최대", requests: "개 요청, ", errors: "개 오류",
    hidden: "수치를 보려면 API 키가 필요합니다.", noImage: "이미지가 아닙니다.",
    "T-shirt/top": "티셔츠/상의", Trouser: "바지", Pullover: "풀오버", Dress: "원피스", Coat: "코트",
    Sandal: "샌들", Shirt: "셔츠", Sneaker: "스니커즈", Bag: "가방", "Ankle boot": "앵클부츠",
  },
};

const $ = id => document.getElementById(id);
let language = localStorage.getItem("language") || (navigator.language.startsWith("ko") ? "ko" : "en");
let models = [];
let last = null;

const text = name => TEXT[language][name] ?? name;

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  Object.assign(made, attributes);
  made.append(...children);
  return made;
}

/* Asking the server */

async function ask(path, options = {}, mayPrompt = true) {
  const key = sessionStorage.getItem("key");
  const headers = {...options.headers, ...(key ? {"X-Api-Key": key} : {})};
  const answer = await fetch(path, {...options, headers});
  if (answer.status === 401 && mayPrompt) {
    await askForKey();
    return ask(path, options);
  }
  if (!answer.ok) {
    const message = await answer.json().then(body => body.error, () => answer.statusText);
    throw Object.assign(new Error(message), {status: answer.status});
  }
  return answer;
}

let asking = null;
function askForKey() {
  asking ??= new Promise(resolve => {
    $("key-dialog").showModal();
    $("key-dialog").onclose = () => {
      sessionStorage.setItem("key", $("key").value);
      asking = null;
      resolve();
    };
  });
  return asking;
}

const json = async path => (await ask(path)).json();
const picture = async path => URL.createObjectURL(await (await ask(path)).blob());

function fail(error) {
  $("error").textContent = error.message;
  $("error").hidden = false;
}

const guarded = action => (...args) => Promise.resolve(action(...args)).catch(fail);

/* The model */

const current = () => models[$("model").selectedIndex];
const base = () => `models/${encodeURIComponent(current().name)}`;
const version = () => `version=${current().version}`;

const showModels = guarded(async () => {
  models = (await json("models")).models;
  $("model").replaceChildren(...models.map(model =>
    element("option", {textContent: `${model.name} / ${model.version}`})));
  const first = models.findIndex(model => model.images);
  $("model").selectedIndex = Math.max(first, 0);
  await showModel();
});

async function showModel() {
  last = null;
  $("maps").replaceChildren();
  $("bars").replaceChildren();
  $("seen").hidden = true;
  $("result").replaceChildren(element("p", {className: "hint", textContent: text("nothing")}));
  await Promise.all([showSummary(), showGraph(), showGallery()]);
}

async function showSummary() {
  const summary = await json(`${base()}/summary?${version()}`);
  $("facts").textContent = `${summary.parameters.toLocaleString(language)} ${text("parameters").toLowerCase()}`;
  const head = element("tr", {}, ...["layer", "kind", "shape", "parameters"].map((name, i) =>
    element("th", {textContent: text(name), scope: "col", className: i === 3 ? "number" : ""})));
  const rows = summary.layers.map(layer => element("tr", {},
    element("td", {textContent: layer.name}), element("td", {textContent: layer.kind}),
    element("td", {textContent: layer.shape}),
    element("td", {textContent: layer.parameters.toLocaleString(language), className: "number"})));
  $("summary").replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
  $("totals").textContent = ["total", "trainable", "nonTrainable", "optimizer"].filter(name => summary[name])
    .map(name => `${text(name)}: ${summary[name]}`).join(" · ");
}

async function showGraph() {
  $("graph").alt = `${text("graph")}: ${current().name}`;
  $("graph").src = await picture(`${base()}/graph.svg?${version()}`);
}

async function showGallery() {
  const names = (await json(`${base()}/gallery?${version()}`)).images;
  const buttons = await Promise.all(names.map(async name => {
    const path = `${base()}/gallery/${encodeURIComponent(name)}?${version()}`;
    const button = element("button", {type: "button", title: name},
      element("img", {src: await picture(path), alt: name}));
    button.onclick = guarded(async () => classify(await (await ask(path)).blob()));
    return button;
  }));
  $("gallery").replaceChildren(...buttons);
}

/* An image and its answer */

async function classify(image) {
  $("error").hidden = true;
  const answer = await ask(`inspect?model=${encodeURIComponent(current().name)}&${version()}`,
    {method: "POST", body: image, headers: {"Content-Type": "application/octet-stream"}});
  last = await answer.json();
  await showAnswer();
  if (matchMedia("(max-width: 44rem)").matches) $("answer").scrollIntoView();
}

async function showAnswer() {
  if (!last) return;
  const share = value => `${(100 * value).toFixed(1)} %`;
  $("result").replaceChildren(element("p", {className: "label", textContent: text(last.label)}),
    element("p", {className: "hint", textContent: share(last.confidence)}));
  $("bars").replaceChildren(...last.predictions.map(({label, confidence}) => {
    const bar = element("span");
    bar.style.width = share(confidence).replace(" ", "");
    return element("li", {}, element("span", {textContent: text(label)}),
      element("span", {className: "bar"}, bar),
      element("span", {className: "share", textContent: share(confidence)}));
  }));
  const seen = await createImageBitmap(await (await fetch(`data:image/png;base64,${last.input}`)).blob());
  const canvas = $("input");
  canvas.width = seen.width;
  canvas.height = seen.height;
  canvas.getContext("2d").drawImage(seen, 0, 0);
  canvas.ariaLabel = `${text("seen")}: ${seen.width} x ${seen.height}`;
  $("seen").hidden = false;
  $("no-maps").hidden = last.layers.length > 0;
  $("maps").replaceChildren(...last.layers.flatMap(layer => [
    element("h3", {textContent: `${layer.name}: ${layer.channels} x ${layer.height} x ${layer.width}`}),
    element("div", {className: "maps"}, ...maps(layer))]));
}

/** One small picture a channel, from black over blue and orange to white. */
function maps(layer) {
  const bytes = Uint8Array.from(atob(layer.values), character => character.charCodeAt(0));
  const size = layer.width * layer.height;
  return Array.from({length: bytes.length / size}, (_, channel) => {
    const canvas = element("canvas", {width: layer.width, height: layer.height, ariaLabel: `${layer.name} ${channel}`});
    canvas.setAttribute("role", "img");
    const context = canvas.getContext("2d");
    const pixels = context.createImageData(layer.width, layer.height);
    for (let i = 0; i < size; i++) {
      const value = bytes[channel * size + i];
      pixels.data.set([1.6 * value - 60, 1.5 * value - 120, value < 128 ? 1.4 * value : 358 - 1.4 * value, 255], 4 * i);
    }
    context.putImageData(pixels, 0, 0);
    return canvas;
  });
}

/* Dropping, pasting, choosing */

const take = guarded(async files => {
  const image = [...files].find(file => file.type.startsWith("image/") || file.type === "");
  if (!image) throw new Error(text("noImage"));
  await classify(image);
});

$("file").onchange = event => { take(event.target.files); event.target.value = ""; };
$("drop").onkeydown = event => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); $("file").click(); } };
document.addEventListener("dragover", event => { event.preventDefault(); $("drop").classList.add("over"); });
document.addEventListener("dragleave", () => $("drop").classList.remove("over"));
document.addEventListener("drop", event => {
  event.preventDefault();
  $("drop").classList.remove("over");
  take(event.dataTransfer.files);
});
document.addEventListener("paste", event => {
  if (event.clipboardData.files.length) take(event.clipboardData.files);
});

/* Drawing */

const pen = {x: 140, y: 140, down: false};
const context = $("canvas").getContext("2d", {willReadFrequently: true});

function clearCanvas() {
  context.fillStyle = "#000";
  context.fillRect(0, 0, 280, 280);
  Object.assign(context, {strokeStyle: "#fff", lineWidth: 22, lineCap: "round", lineJoin: "round"});
}

function line(x, y) {
  context.beginPath();
  context.moveTo(pen.x, pen.y);
  context.lineTo(x, y);
  context.stroke();
  Object.assign(pen, {x, y});
}

function place(event) {
  const box = $("canvas").getBoundingClientRect();
  return [(event.clientX - box.left) * 280 / box.width, (event.clientY - box.top) * 280 / box.height];
}

const classifyDrawing = guarded(async () =>
  classify(await new Promise(resolve => $("canvas").toBlob(resolve, "image/png"))));

$("canvas").onpointerdown = event => {
  $("canvas").setPointerCapture(event.pointerId);
  [pen.x, pen.y] = place(event);
  pen.down = true;
  line(pen.x, pen.y);
};
$("canvas").onpointermove = event => { if (pen.down) line(...place(event)); };
$("canvas").onpointerup = () => { pen.down = false; classifyDrawing(); };
$("canvas").onkeydown = event => {
  const steps = {ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10]};
  const step = steps[event.key];
  if (!step && event.key !== " ") return;
  event.preventDefault();
  if (step) {
    const x = Math.min(270, Math.max(10, pen.x + step[0]));
    const y = Math.min(270, Math.max(10, pen.y + step[1]));
    if (pen.down) line(x, y); else Object.assign(pen, {x, y});
  } else {
    pen.down = !pen.down;
    if (pen.down) line(pen.x, pen.y); else classifyDrawing();
  }
};
$("clear").onclick = clearCanvas;

/* The live chart, from /metrics */

const SECONDS = 2;
const history = [];
let before = null;

/** The requests, errors and latencies that were counted, without those of the chart itself. */
function counted(metrics) {
  const found = {requests: 0, errors: 0, buckets: new Map()};
  for (const line of metrics.split("\n")) {
    const [, kind, labels, value] = line.match(/^atelier_requests_seconds_(count|bucket)\{(.*)\} (\S+)$/) ?? [];
    if (!kind || labels.includes('route="/metrics"')) continue;
    if (kind === "bucket") {
      const limit = labels.match(/le="([^"]+)"/)[1];
      found.buckets.set(limit, (found.buckets.get(limit) ?? 0) + Number(value));
    } else {
      found.requests += Number(value);
      if (/status="5/.test(labels)) found.errors += Number(value);
    }
  }
  return found;
}

/** The limit of the bucket, in ms, in which this share of the new requests ends. */
function quantile(now, share) {
  const limits = [...now.buckets.keys()].filter(limit => limit !== "+Inf").sort((a, b) => a - b);
  const total = now.requests - before.requests;
  const limit = limits.find(key => now.buckets.get(key) - (before.buckets.get(key) ?? 0) >= share * total);
  return total ? 1000 * Number(limit ?? limits.at(-1)) : 0;
}

async function tick() {
  if (document.hidden) return;
  try {
    const now = counted(await (await ask("metrics", {}, false)).text());
    if (before) {
      history.push({rate: (now.requests - before.requests) / SECONDS, median: quantile(now, .5), most: quantile(now, .99)});
      if (history.length > 60) history.shift();
      draw($("rate"), ["rate"]);
      draw($("latency"), ["median", "most"]);
    }
    before = now;
    $("figures").textContent = now.requests.toLocaleString(language) + text("requests")
      + now.errors.toLocaleString(language) + text("errors");
  } catch (error) {
    $("figures").textContent = error.status === 401 ? text("hidden") : error.message;
  }
}

function draw(svg, names) {
  const most = Math.max(1, ...history.flatMap(point => names.map(name => point[name])));
  const now = names.map(name => history.at(-1)[name].toFixed(1)).join(" / ");
  svg.ariaLabel = now;
  $(`${svg.id}-now`).textContent = `(${text("now")} ${now}, ${text("most")} ${most.toFixed(1)})`;
  svg.replaceChildren(...names.map((name, i) => {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", history.map((point, at) =>
      `${at ? "L" : "M"}${300 * at / 59} ${76 - 72 * point[name] / most}`).join(""));
    if (i) path.classList.add("second");
    return path;
  }));
}

/* Language and theme */

function showLanguage() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = text(node.dataset.text);
  $("canvas").ariaLabel = text("draw");
  $("language").textContent = language === "ko" ? "English" : "한국어";
  $("language").lang = language === "ko" ? "en" : "ko";
}

$("language").onclick = guarded(async () => {
  language = language === "ko" ? "en" : "ko";
  localStorage.setItem("language", language);
  showLanguage();
  await Promise.all([showSummary(), showAnswer()]);
});
$("theme").onclick = () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
};
$("model").onchange = guarded(showModel);

clearCanvas();
showLanguage();
showModels();
tick();
setInterval(tick, 1000 * SECONDS);
