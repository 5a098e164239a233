// Totals of some records, cut several ways, and the newest of the records with their sources.
// Every text is set as text, never as markup.

const SHOWN = 6;
/** What only a few rows would be hidden of is shown whole. */
const SPARED = 3;

/**
 * A row of a cut is name, amount in words, share of the largest (0 to 1) and number of records; a
 * record is accuracy, title, facts, source and address, which may be empty. A cut that is
 * not whole folds its smaller rows.
 * @param {{parentElement: ShadowRoot, data: {
 *   cuts: {title: string, whole: boolean, rows: [string, string, number, number][]}[],
 *   columns: [string, string], more: string, fewer: string,
 *   records: {title: string, rows: [string, string, string, string, string][]},
 * }}} component
 */
export default function mount({ parentElement, data }) {
  const box = parentElement.querySelector(".ccgeo-panel");
  const text = JSON.stringify(data);
  if (box.told === text) return;
  box.told = text;
  const cuts = data.cuts.map((cut) => table(cut, data));
  box.replaceChildren(...cuts, list(data.records));
}

function table({ title, rows, whole }, { columns, more, fewer }) {
  const made = element("table", "");
  const names = element("tr", "");
  names.append(...[title, ...columns].map((name, i) => cell("th", i ? "number" : "", name, "col")));
  const head = element("thead", "");
  head.append(names);
  const shown = whole || rows.length <= SHOWN + SPARED ? rows.length : SHOWN;
  const [first, rest] = [rows.slice(0, shown), rows.slice(shown)].map(body);
  made.append(head, first);
  if (rows.length === shown) return made;
  rest.hidden = true;
  const words = more.replace("{n}", String(rows.length - shown));
  const button = element("button", "", words);
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    rest.hidden = !rest.hidden;
    button.setAttribute("aria-expanded", String(!rest.hidden));
    button.textContent = rest.hidden ? words : fewer;
  });
  const last = element("tr", "");
  const wide = element("td", "");
  wide.colSpan = 3;
  wide.append(button);
  last.append(wide);
  const foot = element("tbody", "");
  foot.append(last);
  made.append(rest, foot);
  return made;
}

function body(rows) {
  const made = element("tbody", "");
  for (const [name, amount, share, count] of rows) {
    const row = element("tr", "");
    row.style.setProperty("--share", `${share * 100}%`);
    row.append(
      cell("th", "name", name, "row"),
      cell("td", "number", amount),
      cell("td", "number count", count.toLocaleString("en")),
    );
    made.append(row);
  }
  return made;
}

function list({ title, rows }) {
  const section = element("section", "");
  const heading = element("h5", "", title);
  const items = element("ol", "");
  for (const [accuracy, name, facts, source, address] of rows) {
    const item = element("li", "");
    item.append(
      element("small", "", accuracy),
      element("strong", "", name),
      element("span", "", facts),
      cited(source, address),
    );
    items.append(item);
  }
  section.append(heading, items);
  return section;
}

/** A link only where the address is one of the web. */
function cited(source, address) {
  if (!/^https?:\/\//.test(address)) return element("cite", "", source);
  const link = element("a", "", source);
  link.href = address;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  return link;
}

function cell(name, className, text, scope) {
  const made = element(name, className, text);
  if (scope) made.scope = scope;
  return made;
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
