// Where the map is, from the whole region down to what is selected; each step leads back.
import { element } from "./element.js";
import { ladder } from "./levels.js";
import { wordsOf } from "./words.js";

export class Crumbs {
  /** @param {HTMLElement} host @param {(id: string) => void} onGo empty for the whole region */
  constructor(host, onGo) {
    this.onGo = onGo;
    this.box = element("nav", "ccgeo-crumbs");
    this.box.hidden = true;
    host.append(this.box);
  }

  /** @param {import("./map.js").LiveMap} live @param {string} id adcode, or empty for none */
  show(live, id) {
    const { language } = live.payload;
    const isShown = Boolean(id) && id !== "circle";
    const key = isShown ? `${language}${id}` : "";
    if (this.key === key) return;
    this.key = key;
    live.covers = null;
    this.box.hidden = !isShown;
    if (!isShown) return;
    const words = wordsOf(language);
    this.box.setAttribute("aria-label", words.path);
    const steps = ["", ...ladder(id)];
    this.box.replaceChildren(...steps.map((step, i) => {
      const { shortEn, shortZh, en, zh } = live.geometry.names(step);
      const name = language === "zh" ? shortZh || zh : shortEn || en;
      return this.step(step, step ? name : words.wholeRegion, i === steps.length - 1);
    }));
  }

  step(id, name, isLast) {
    if (isLast) {
      const here = element("b", "", name);
      here.setAttribute("aria-current", "true");
      return here;
    }
    const button = element("button", "", name);
    button.type = "button";
    button.addEventListener("click", () => this.onGo(id));
    return button;
  }
}
