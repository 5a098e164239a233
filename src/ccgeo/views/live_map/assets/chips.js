// Sectors as buttons in one row: a press draws at once.
import { element } from "./element.js";
import { wordsOf } from "./words.js";

export class Chips {
  /** @param {(sectors: string[]) => void} onChoose */
  constructor(onChoose) {
    this.onChoose = onChoose;
    this.box = element("div", "ccgeo-chips");
    this.box.setAttribute("role", "group");
    /** @type {Map<string, HTMLElement>} */
    this.buttons = new Map();
    this.chosen = [];
  }

  /**
   * @param {string[][]} sectors id and both names
   * @param {Map<string, number>} counts @param {string[]} chosen @param {string} language
   */
  show(sectors, counts, chosen, language) {
    this.chosen = chosen;
    this.box.setAttribute("aria-label", wordsOf(language).sectors);
    const zh = language === "zh";
    for (const [id, en, chinese] of sectors) {
      const button = this.buttons.get(id) ?? this.add(id);
      const count = counts.get(id) ?? 0;
      const isChosen = chosen.includes(id);
      const key = `${language}${count}${isChosen}`;
      if (button.key === key) continue;
      button.key = key;
      const name = zh ? chinese : en;
      button.replaceChildren(shortName(name), element("b", "", count.toLocaleString("en")));
      button.title = name;
      button.setAttribute("aria-pressed", String(isChosen));
      button.hidden = !count && !isChosen;
    }
  }

  add(id) {
    const button = element("button", "");
    button.type = "button";
    button.dataset.sector = id;
    button.addEventListener("click", () => {
      const isChosen = this.chosen.includes(id);
      this.onChoose(isChosen ? this.chosen.filter((each) => each !== id) : [...this.chosen, id]);
    });
    this.buttons.set(id, button);
    this.box.append(button);
    return button;
  }
}

/** The first of the words that a sector's name joins; all of it stands in the title. */
export function shortName(name) {
  return name.split(/, | & |、|与/)[0];
}
