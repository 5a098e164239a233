// One box for both legends: the classes of the districts and the widths of the flows.
import { shortName } from "./chips.js";
import { element } from "./element.js";
import { hasColour, sectorColour } from "./sector_colours.js";
import { money, wordsOf } from "./words.js";

const PHONE_PX = 600;

export class LegendBox {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.box = element("details", "ccgeo-legend");
    this.box.open = host.clientWidth >= PHONE_PX;
    host.append(this.box);
    this.isNight = () => host.classList.contains("is-dark");
  }

  /**
   * @param {import("./types.js").Payload} payload
   * @param {import("./types.js").Flow[]} flows
   * @param {import("./asking.js").Asking} asking
   */
  update(payload, flows, asking) {
    const { legend, language, cover } = payload;
    const words = wordsOf(language);
    const sectors = this.sectorRows(payload, flows, asking, words);
    const [rest, restWan] = payload.flows.rest ?? [0, 0];
    const blocs = flows.filter(({ partner }) => asking.live.isBloc(partner));
    const signs = [flows.some((flow) => flow.outbound), flows.some((flow) => flow.ring), blocs.length > 0];
    const zones = asking.zones?.labels;
    const key = JSON.stringify([
      legend, language, flows.length > 0, payload.flows.isLater, signs, cover?.points.length, sectors, rest, restWan, zones,
      this.isNight(),
    ]);
    if (key === this.key) return;
    this.key = key;
    const title = element("summary", "", legend.title);
    if (legend.unit) title.append(element("small", "", legend.unit));
    const rows = [title, this.classes(legend)];
    if (flows.length) {
      rows.push(...this.flows(legend, flows, words, sectors, blocs.length > 0));
      if (rest) rows.push(element("small", "rest", words.restOfLines(rest, money(restWan, language))));
    }
    if (payload.flows.isLater) rows.push(element("small", "rest", words.linesLater));
    if (zones) rows.push(...this.zones(asking.zones));
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

  /** The sectors that the lines have, those with a colour of their own first. */
  sectorRows({ lines, language }, flows, { sectors }, words) {
    if (lines?.colour !== "sector" || !sectors) return null;
    const met = new Set(flows.map(({ sector }) => (sector === null ? "several" : sectors[sector][0])));
    const named = sectors.filter(([id]) => met.has(id) && hasColour(id));
    const rows = named.map(([id, en, zh]) => [id, shortName(language === "zh" ? zh : en)]);
    const others = [...met].some((id) => id !== "several" && !hasColour(id));
    if (others) rows.push(["other", words.otherSectors]);
    if (met.has("several")) rows.push(["several", words.severalSectors]);
    return rows;
  }

  /** @param {import("./types.js").Zones} zones */
  zones({ title, labels, points, point_label: pointLabel, marks }) {
    const list = element("ul", "");
    ["1", "0"].forEach((mark, i) => {
      const count = [...marks].filter((each) => each === mark).length;
      if (count) list.append(row(element("i", `swatch zones-${mark}`), labels[i], count));
    });
    list.append(row(element("i", "label-point over"), pointLabel, points.length));
    return [element("p", "", title), list];
  }

  flows(legend, flows, words, sectors, hasBlocs) {
    const list = element("ul", "");
    for (const [width, label] of legend.widths) {
      const line = element("i", "line");
      line.style.height = `${width}px`;
      list.append(row(line, label));
    }
    const hasOutbound = flows.some((flow) => flow.outbound);
    if (sectors) {
      for (const [id, name] of sectors) {
        const line = element("i", "line");
        line.style.background = sectorColour(id === "other" ? "unstated" : id, this.isNight());
        list.append(row(line, name));
      }
    } else if (hasOutbound) {
      list.append(row(element("i", "line inbound"), words.inbound));
      list.append(row(element("i", "line outbound"), words.outbound));
    }
    if (flows.some((flow) => flow.ring)) list.append(row(element("i", "ring"), words.ring));
    if (hasBlocs) list.append(row(element("i", "bloc"), words.bloc));
    return [element("p", "", legend.flow_title), list];
  }
}

function row(sign, label, count) {
  const item = element("li", "");
  item.append(sign, element("span", "", label));
  if (count !== undefined) item.append(element("b", "", count.toLocaleString("en")));
  return item;
}
