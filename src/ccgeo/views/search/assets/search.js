// Looks things up by any of their names while a person types, without the server. The rules are
// those of `ccgeo.query.search.find_names`; a test holds both beside each other.

const MOST = 8;
const SHORT = 2;
const MARKS = /[^\p{L}\p{N}]/gu;

/** What Python sends, by key of its packed text. @type {Map<string, Promise<object[]>>} */
const indexes = new Map();

/**
 * @param {{parentElement: ShadowRoot, data: object,
 *          setTriggerValue: (name: string, value: string) => void}} component with `index`
 *   (things, packed), `kinds` (name of each kind), `label`, `hint`, `none`, `former` and `language`
 */
export default function mount({ parentElement, data, setTriggerValue }) {
  const box = parentElement.querySelector(".ccgeo-search");
  box.live ??= new SearchBox(box);
  box.live.send = (thing) => setTriggerValue("chosen", thing);
  box.live.update(data);
}

class SearchBox {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.input = element("input", "");
    Object.assign(this.input, { type: "text", autocomplete: "off", spellcheck: false });
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "found" };
    for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
    this.list = element("ul", "");
    this.list.id = "found";
    this.list.setAttribute("role", "listbox");
    this.said = element("p", "");
    this.said.setAttribute("role", "status");
    box.append(this.input, this.list, this.said);
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("focus", () => this.look());
    this.input.addEventListener("blur", () => this.show([]));
    this.input.addEventListener("keydown", (event) => this.press(event));
    // The page has keys of its own, and a press must not take the focus away first.
    for (const name of ["keyup", "keypress"]) {
      this.input.addEventListener(name, (event) => event.stopPropagation());
    }
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.show([]);
  }

  update(data) {
    this.data = data;
    this.input.setAttribute("aria-label", data.label);
    this.input.placeholder = data.hint;
    this.list.setAttribute("aria-label", data.label);
  }

  async look() {
    const { index } = this.data;
    if (!indexes.has(index)) indexes.set(index, unpack(index));
    const things = await indexes.get(index);
    const text = this.input.value;
    const hits = find(things, text);
    this.show(this.input.matches(":focus") ? hits : []);
    this.said.textContent = fold(text) && !hits.length ? this.data.none : "";
  }

  /** @param {{thing: object, former: string}[]} hits */
  show(hits) {
    this.hits = hits;
    this.list.replaceChildren(...hits.map((hit, i) => this.option(hit, i)));
    this.list.hidden = !hits.length;
    this.input.setAttribute("aria-expanded", String(hits.length > 0));
    this.mark(hits.length ? 0 : -1);
  }

  option({ thing, former }, i) {
    const [id, kind, en, zh] = thing;
    const { language, kinds, former: formerly } = this.data;
    const names = (language === "zh" ? [zh, en] : [en, zh]).filter(Boolean);
    const item = element("li", "");
    item.id = `found-${i}`;
    item.dataset.thing = id;
    item.setAttribute("role", "option");
    item.append(element("strong", names[0]));
    if (names[1]) item.append(element("span", names[1]));
    item.append(element("small", former ? `${kinds[kind]}; ${formerly} ${former}` : kinds[kind]));
    item.addEventListener("click", () => this.choose(i));
    return item;
  }

  mark(spot) {
    this.spot = spot;
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === spot)));
    if (spot < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `found-${spot}`);
  }

  press(event) {
    event.stopPropagation();
    const { length } = this.hits;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === "Escape") this.show([]);
    else if (event.key === "Enter" && length) this.choose(this.spot);
    // What no name holds the geocoder may still read.
    else if (event.key === "Enter" && fold(this.input.value)) this.send(`?${this.input.value}`);
    else if (event.key in steps && length) this.mark((this.spot + steps[event.key] + length) % length);
    else return;
    event.preventDefault();
  }

  choose(spot) {
    const [id] = this.hits[spot].thing;
    this.input.value = "";
    this.show([]);
    this.send(id);
  }
}

/** @param {string} text @returns {string} its letters and digits, without tones and capitals */
export function fold(text) {
  return text.normalize("NFKD").toLowerCase().replace(MARKS, "");
}

/**
 * @param {object[]} things each id, kind, English and Chinese name, other and former names
 * @param {string} text @returns {{thing: object, former: string}[]} best first
 */
export function find(things, text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const ranked = [];
  things.forEach((thing, place) => {
    const fits = keysOf(thing).map((key) => fit(key, wanted)).filter(Boolean);
    if (!fits.length) return;
    const [rank, isFormer, length, former] = fits.sort(inOrder)[0];
    ranked.push([rank, isFormer, thing[1], length, place, former]);
  });
  return ranked.sort(inOrder).slice(0, MOST).map((row) => ({ thing: things[row[4]], former: row[5] }));
}

/** Folded names of a thing, made once, with the former name that each belongs to. */
function keysOf(thing) {
  thing.folded ??= [
    ...[thing[2], thing[3], ...thing[4]].map((name) => [fold(name), ""]),
    ...thing[5].flatMap((name) => [name, ...halves(name)].map((part) => [fold(part), name])),
  ];
  return thing.folded;
}

/** @returns {string[]} what stands before and behind the first space */
function halves(name) {
  const at = name.indexOf(" ");
  return at < 0 ? [] : [name.slice(0, at), name.slice(at + 1)];
}

function fit([name, former], wanted) {
  if (!name.includes(wanted)) return null;
  const isStart = name.startsWith(wanted);
  if (!isStart && wanted.length <= SHORT && /^[\x00-\x7f]+$/.test(wanted)) return null;
  return [name === wanted ? 0 : isStart ? 1 : 2, former ? 1 : 0, name.length, former];
}

function inOrder(one, other) {
  for (let i = 0; i < one.length; i += 1) {
    if (one[i] !== other[i]) return one[i] < other[i] ? -1 : 1;
  }
  return 0;
}

/** Read what Python packed: JSON, deflated, in base 64. @param {string} text */
export async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return (await new Response(stream).json()).things;
}

function element(name, text) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  return made;
}
