// One box for both legends: the classes of the districts and the widths of the flows.
import { wordsOf } from "./words.js";

const PHONE_PX = 600;

export class LegendBox {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.box = element("details", "ccgeo-legend");
    this.box.open = host.clientWidth >= PHONE_PX;
    host.append(this.box);
  }

  /**
   * @param {import("./types.js").Payload} payload
   * @param {import("./types.js").Flow[]} flows
   */
  update({ legend, language, cover }, flows) {
    const signs = [flows.some((flow) => flow.outbound), flows.some((flow) => flow.ring)];
    const key = JSON.stringify([legend, language, flows.length > 0, signs, cover?.points.length]);
    if (key === this.key) return;
    this.key = key;
    const words = wordsOf(language);
    const title = element("summary", "", legend.title);
    if (legend.unit) title.append(element("small", "", legend.unit));
    const rows = [title, this.classes(legend)];
    if (flows.length) rows.push(...this.flows(legend, flows, words));
    if (cover?.points.length) {
      const list = element("ul", "");
      list.append(row(element("i", "label-point"), cover.point_label, cover.points.length));
      rows.push(list);
    }
    this.box.replaceChildren(...rows);
    this.box.setAttribute("aria-label", words.legend);
  }

  classes(legend) {
    const list = element("ul", "");
    legend.classes.forEach(([label, count], i) => {
      list.append(row(element("i", `swatch c${i}`), label, count));
    });
    list.append(row(element("i", "swatch none"), legend.no_data_label, legend.no_data));
    return list;
  }

  flows(legend, flows, words) {
    const list = element("ul", "");
    for (const [width, label] of legend.widths) {
      const line = element("i", "line");
      line.style.height = `${width}px`;
      list.append(row(line, label));
    }
    const hasOutbound = flows.some((flow) => flow.outbound);
    if (hasOutbound) {
      list.append(row(element("i", "line inbound"), words.inbound));
      list.append(row(element("i", "line outbound"), words.outbound));
    }
    if (flows.some((flow) => flow.ring)) list.append(row(element("i", "ring"), words.ring));
    return [element("p", "", legend.flow_title), list];
  }
}

/** @returns {HTMLElement} */
export function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

function row(sign, label, count) {
  const item = element("li", "");
  item.append(sign, element("span", "", label));
  if (count !== undefined) item.append(element("b", "", count.toLocaleString("en")));
  return item;
}
