// The filters beside the map: a choice is drawn on it at once, then Python is told.
import { TAKE_OFF } from "./active_filters.js";
import { unpack } from "./cube.js";
import { element } from "./element.js";
import { allowedOf } from "./facets.js";

const PATIENCE_MS = 6000;
const LONG = 12;
const NAMED = 2;
const ASKED = "ccgeo-asked";

/** What Python sends once, by key, kept while the page lives. @type {Map<string, Promise<object>>} */
const parts = new Map();
/** @type {WeakMap<ShadowRoot, Panel>} */
const panels = new WeakMap();

/**
 * @param {{parentElement: ShadowRoot, data: import("./types.js").FilterData,
 *          setTriggerValue: (name: string, value: object) => void}} component
 */
export default function mount({ parentElement, data, setTriggerValue }) {
  const host = parentElement.querySelector(".ccgeo-filters");
  let panel = panels.get(parentElement);
  if (!panel || panel.host !== host) {
    panel = new Panel(host);
    panels.set(parentElement, panel);
  }
  panel.send = (asked) => setTriggerValue("asked", asked);
  panel.take(data);
}

class Panel {
  /** @param {HTMLElement} host */
  constructor(host) {
    Object.assign(this, { host, mine: {}, until: 0, arrival: 0 });
    this.years = element("fieldset", "ccgeo-span");
    this.lists = element("div", "ccgeo-lists");
    this.host.replaceChildren(this.years, this.lists);
    const hear = (event) => {
      if (this.host.isConnected) this.hear(event);
      else document.removeEventListener(TAKE_OFF, hear);
    };
    document.addEventListener(TAKE_OFF, hear);
  }

  /** Take off a filter in force, if the map draws what this panel asks. @param {CustomEvent} event */
  hear(event) {
    if (!this.facets) return;
    const [field, choice] = event.detail;
    const asked = this.asked();
    const opened = { years: [], include_undated: 0, date_kind: "any" };
    const name = field === "include_undated" ? "undated" : field;
    if (field in opened) this.ask({ [name]: opened[field] });
    else if (field in this.names.lists) this.ask({ [field]: asked[field].filter((each) => each !== choice) });
    else return;
    event.preventDefault();
  }

  /** @param {import("./types.js").FilterData} data */
  async take(data) {
    this.arrival += 1;
    const arrival = this.arrival;
    for (const { key, text } of Object.values(data.parts)) {
      if (text && !parts.has(key)) parts.set(key, unpack(text));
    }
    const [names, facets] = await Promise.all([this.part(data, "names"), this.part(data, "facets")]);
    if (arrival !== this.arrival || !names) return;
    if (Date.now() > this.until) this.mine = {};
    for (const [field, value] of Object.entries(this.mine)) {
      if (same(data.asked[field], value)) delete this.mine[field];
    }
    const isOther = this.names !== names || this.data?.words.years !== data.words.years;
    Object.assign(this, { data, names, facets });
    if (isOther) this.build();
    this.show();
  }

  part(data, name) {
    const key = data.parts[name]?.key;
    if (!key) return undefined;
    // A page that came back may have lost what Python believes it has.
    if (!parts.has(key)) this.send({ again: 1 });
    return parts.get(key);
  }

  /** @returns {object} what is asked for now */
  asked() {
    return { ...this.data.asked, ...this.mine };
  }

  /** Take a choice: draw it, then tell all that Python has not yet confirmed. */
  ask(part) {
    Object.assign(this.mine, part);
    this.until = Date.now() + PATIENCE_MS;
    this.show();
    this.draw();
    this.send({ ...this.mine });
  }

  /** Tell the map, if it holds the same records. */
  draw() {
    if (!this.facets) return;
    const { years, undated, date_kind, sectors, stages, ...rest } = this.asked();
    const allowed = allowedOf(this.facets, rest, this.data.base);
    const detail = { years, undated, date_kind, sectors, stages, allowed };
    document.dispatchEvent(new CustomEvent(ASKED, { detail }));
  }

  build() {
    const { words } = this.data;
    this.years.replaceChildren(element("legend", "", words.years));
    const [first, last] = this.data.span;
    const ends = ["from", "until"].map((name, end) => {
      const choice = element("select", "");
      choice.setAttribute("aria-label", words[name]);
      for (let year = first; year <= last; year += 1) choice.append(new Option(year, year));
      choice.addEventListener("change", () => this.askYears(end, Number(choice.value)));
      return choice;
    });
    const row = element("div", "ccgeo-row");
    row.append(ends[0], element("span", "", "–"), ends[1]);
    this.kind = element("select", "");
    this.kind.addEventListener("change", () => this.ask({ date_kind: this.kind.value }));
    this.undated = checkbox(words.undated, () => this.ask({ undated: Number(this.undated.box.checked) }));
    this.ends = ends;
    const kind = element("label", "ccgeo-kind", words.date_kind);
    kind.append(this.kind);
    this.years.append(row, this.undated.line, kind);
    const open = new Set([...this.lists.children].filter((each) => each.open).map((each) => each.dataset.field));
    this.fields = Object.keys(this.names.lists).map((field) => new List(field, this));
    this.lists.replaceChildren(...this.fields.map(({ box }) => box));
    for (const { box } of this.fields) box.open = open.has(box.dataset.field);
  }

  askYears(end, year) {
    const years = [...this.window()];
    years[end] = year;
    if (years[0] > years[1]) years[1 - end] = year;
    const [first, last] = this.data.span;
    this.ask({ years: years[0] === first && years[1] === last ? [] : years });
  }

  window() {
    const { years } = this.asked();
    return years.length ? years : this.data.span;
  }

  show() {
    const asked = this.asked();
    this.window().forEach((year, end) => (this.ends[end].value = String(year)));
    this.undated.box.checked = Boolean(asked.undated);
    const kinds = this.names.date_kind.map(([id, name], i) => {
      return new Option(`${name} (${this.data.counts.date_kind[i].toLocaleString("en")})`, id);
    });
    this.kind.replaceChildren(...kinds);
    this.kind.value = asked.date_kind;
    for (const list of this.fields) list.show(asked[list.field], this.data.counts[list.field]);
  }
}

/** One list of choices, folded away; the line above it says what is chosen. */
class List {
  constructor(field, panel) {
    Object.assign(this, { field, panel, chosen: [] });
    const { words } = panel.data;
    this.box = element("details", "");
    this.box.dataset.field = field;
    this.said = element("span", "ccgeo-chosen");
    const head = element("summary", "");
    head.append(element("span", "", words[field]), this.said);
    this.options = element("div", "ccgeo-options");
    this.options.setAttribute("role", "group");
    this.options.setAttribute("aria-label", words[field]);
    this.box.append(head);
    this.choices = panel.names.lists[field].map(([id, name, typed]) => this.choice(id, name, typed));
    if (this.choices.length > LONG) this.box.append(this.search(words.search));
    this.box.append(this.options);
  }

  choice(id, name, typed) {
    const made = checkbox(name, () => {
      const others = this.chosen.filter((each) => each !== id);
      this.panel.ask({ [this.field]: made.box.checked ? [...others, id].sort() : others });
    });
    made.count = element("span", "ccgeo-count");
    made.line.append(made.count);
    this.options.append(made.line);
    return { id, name, typed: `${name} ${typed}`.toLowerCase(), ...made };
  }

  search(label) {
    const box = element("input", "");
    box.type = "search";
    box.placeholder = label;
    box.setAttribute("aria-label", `${label}: ${this.panel.data.words[this.field]}`);
    box.addEventListener("input", () => {
      this.wanted = box.value.trim().toLowerCase();
      this.hide();
    });
    // The page has keys of its own.
    box.addEventListener("keydown", (event) => event.stopPropagation());
    return box;
  }

  show(chosen, counts) {
    this.chosen = chosen;
    this.choices.forEach((choice, i) => {
      choice.box.checked = chosen.includes(choice.id);
      if (choice.number === counts[i]) return;
      choice.number = counts[i];
      choice.count.textContent = counts[i].toLocaleString("en");
    });
    this.hide();
    const names = this.choices.filter(({ id }) => chosen.includes(id)).map(({ name }) => name);
    const rest = names.length - NAMED;
    const said = names.slice(0, NAMED).join(", ") + (rest > 0 ? ` +${rest}` : "");
    this.said.textContent = said || this.panel.data.words.all;
    this.said.title = names.join(", ");
    this.box.classList.toggle("is-set", names.length > 0);
  }

  /** Leave out what would show nothing and what was not typed. */
  hide() {
    for (const { line, box, number, typed } of this.choices) {
      const isWanted = !this.wanted || typed.includes(this.wanted);
      line.hidden = !box.checked && !(number && isWanted);
    }
  }
}

function checkbox(name, onChange) {
  const line = element("label", "");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.addEventListener("change", onChange);
  line.append(box, element("span", "", name));
  return { line, box };
}

/** @returns {boolean} whether Python says what was told; lists are told in order */
function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
