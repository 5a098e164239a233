// What the pointer is on, in words. Every text is set as text, never as markup.
import { element } from "./element.js";
import { money, valueText, wordsOf } from "./words.js";

const OFFSET = 14;
const MOST_LINES = 8;

export class Tip {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.box = element("div", "ccgeo-tip");
    this.box.setAttribute("role", "status");
    this.box.hidden = true;
    host.append(this.box);
  }

  /** @param {import("./map.js").LiveMap} live @param {{kind: string, id: string}} thing */
  show(live, thing, at) {
    this.last = { live, thing, at };
    if (thing.kind === "none" || !live.payload) {
      this.box.hidden = true;
      return;
    }
    const lines = linesOf(live, thing);
    const key = JSON.stringify(lines);
    if (key !== this.key) {
      this.key = key;
      this.box.replaceChildren(...lines.map((line, i) => element(i ? "div" : "strong", "", line)));
    }
    this.box.hidden = false;
    if (at) this.place(at);
  }

  /** Say the same thing with the numbers of now. */
  refresh() {
    if (this.last && !this.box.hidden) this.show(this.last.live, this.last.thing, this.last.at);
  }

  place({ x, y }) {
    const { offsetWidth: width, offsetHeight: height } = this.box;
    const isRight = x + OFFSET + width > this.host.clientWidth;
    const isLow = y + OFFSET + height > this.host.clientHeight;
    const left = isRight ? Math.max(0, x - OFFSET - width) : x + OFFSET;
    const top = isLow ? Math.max(0, y - OFFSET - height) : y + OFFSET;
    this.box.style.transform = `translate(${left}px, ${top}px)`;
  }
}

/** @returns {string[]} */
function linesOf(live, thing) {
  const { cover } = live.payload;
  if (thing.flow) return flowLines(live, thing.flow);
  if (thing.kind === "zone" && !cover) return zoneLines(live, thing.id);
  if (thing.kind === "partner") return partnerLines(live, thing.id);
  if (!cover) return unitLines(live, thing.id);
  if (thing.kind !== "zone") return [placeName(live, thing.id), ...shortened(cover, thing.id)];
  return [cover.points.find(({ id }) => id === thing.id)?.name ?? "", cover.point_label];
}

/** A label point over the choropleth. @returns {string[]} */
function zoneLines({ asking: { zones } }, id) {
  const name = zones?.points.find((point) => point.id === id)?.name;
  return name ? [name, zones.point_label] : [""];
}

/** @returns {string[]} what covers a district, the first few of it */
function shortened({ tips, none }, id) {
  const lines = tips[id] ?? [none];
  const rest = lines.length - MOST_LINES;
  return rest > 0 ? [...lines.slice(0, MOST_LINES), `+${rest}`] : lines;
}

/** @returns {string[]} */
function unitLines(live, id) {
  const { language, measure, legend } = live.payload;
  const words = wordsOf(language);
  const unit = live.units.get(id);
  const first = placeName(live, id);
  if (!unit) {
    const isUnit = live.choropleth.paths.has(id);
    return isUnit ? [first, words.noData] : [first, ...ringLines(live, id)];
  }
  const label = legend.classes[parseInt(unit.mark, 36)]?.[0];
  return [
    first,
    valueText(unit.value, measure, language),
    ...(label ? [label] : []),
    `${words.records(unit.records)}, ${words.projects(unit.projects)}`,
  ];
}

/** Totals of the lines that end in a place known only coarsely. @returns {string[]} */
function ringLines(live, id) {
  return totalLines(live, live.lines.filter((flow) => flow.place === id));
}

/** @returns {string[]} */
function partnerLines(live, id) {
  const { en, zh } = live.geometry.partners[id];
  const name = live.payload.language === "zh" ? `${zh} ${en}` : `${en} ${zh}`;
  const lines = totalLines(live, live.lines.filter((flow) => flow.partner === id));
  return [name, ...lines, ...(live.isBloc(id) ? [wordsOf(live.payload.language).bloc] : [])];
}

/** @returns {string[]} */
function totalLines(live, lines) {
  const words = wordsOf(live.payload.language);
  const sum = (name) => lines.reduce((total, flow) => total + flow[name], 0);
  const amount = sum("amount");
  return [
    amount ? money(amount, live.payload.language) : words.unknown,
    `${words.records(sum("records"))}, ${words.projects(sum("projects"))}`,
  ];
}

/** @returns {string[]} */
function flowLines(live, flow) {
  const { language } = live.payload;
  const words = wordsOf(language);
  const partner = live.geometry.partners[flow.partner];
  const names = [`${partner.en} ${partner.zh}`, placeName(live, flow.place)];
  const [from, to] = flow.outbound ? names.reverse() : names;
  return [
    `${from} → ${to}`,
    flow.amount ? money(flow.amount, language) : words.unknown,
    `${words.records(flow.records)}, ${words.projects(flow.projects)}`,
  ];
}

/** Both languages, the reader's own first. @returns {string} */
function placeName(live, id) {
  const { language } = live.payload;
  if (id === "circle") return wordsOf(language).circle;
  const { en, zh } = live.geometry.names(id);
  return language === "zh" ? `${zh} ${en}` : `${en} ${zh}`;
}
