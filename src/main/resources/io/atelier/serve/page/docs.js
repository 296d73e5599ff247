"use strict";

const element = (tag, attributes = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
};

function operation(path, method, details) {
  const parameters = (details.parameters ?? []).map(parameter =>
    element("li", {}, element("code", {textContent: parameter.name}), ` (${parameter.in}): ${parameter.description ?? ""}`));
  const bodies = Object.entries(details.requestBody?.content ?? {}).map(([type, body]) =>
    element("li", {}, element("code", {textContent: type}), body.example ? element("pre", {textContent: JSON.stringify(body.example)}) : ""));
  const answers = Object.entries(details.responses).map(([status, answer]) =>
    element("li", {}, element("code", {textContent: status}), ` ${answer.description ?? ""}`));
  return element("section", {className: "wide"},
    element("h2", {}, element("span", {className: method, textContent: method.toUpperCase()}), " ", element("code", {textContent: path})),
    element("p", {textContent: details.summary}),
    ...[["Parameters", parameters], ["Body", bodies], ["Answers", answers]].filter(([, items]) => items.length)
      .flatMap(([title, items]) => [element("h3", {textContent: title}), element("ul", {}, ...items)]));
}

fetch("openapi.json").then(answer => answer.json()).then(api => {
  const all = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, details]) => operation(path, method, details)));
  document.getElementById("operations").replaceChildren(
    element("p", {className: "wide", textContent: api.info.description}), ...all);
});
