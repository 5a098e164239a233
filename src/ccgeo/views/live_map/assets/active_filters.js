// The filters in force as one line of chips: a press takes one off, the panel of filters draws it.
import { element } from "./element.js";

/** Asks the panel of filters to take one off: `detail` is its field and choice. */
export const TAKE_OFF = "ccgeo-take-off";

/**
 * @param {{parentElement: ShadowRoot,
 *          data: {chips: [string, string, string][], none: string, remove: string, name: string},
 *          setTriggerValue: (name: string, value: string[]) => void}} component
 *   a chip is field, choice (empty where there is one only) and label
 */
export default function mount({ parentElement, data, setTriggerValue }) {
  const row = parentElement.querySelector(".ccgeo-active");
  const told = JSON.stringify(data);
  // What was taken off stays off until the server says otherwise.
  if (row.told === told) return;
  row.told = told;
  row.setAttribute("aria-label", data.name);
  const send = (chip) => setTriggerValue("off", chip);
  row.replaceChildren(...data.chips.map((chip) => button(chip, data, row, send)));
  if (!data.chips.length) row.append(element("span", "", data.none));
}

function button([field, choice, label], { none, remove }, row, send) {
  const made = element("button", "");
  made.type = "button";
  made.title = `${remove}: ${label}`;
  const sign = element("i", "", "\u00d7");
  sign.setAttribute("aria-hidden", "true");
  made.append(sign, element("span", "", label));
  made.setAttribute("aria-label", made.title);
  made.addEventListener("click", () => {
    const next = made.nextElementSibling ?? made.previousElementSibling;
    made.remove();
    if (next) next.focus();
    else row.append(element("span", "", none));
    row.told = "";
    const news = new CustomEvent(TAKE_OFF, { detail: [field, choice], cancelable: true });
    // Where no panel takes it on, Python does.
    if (document.dispatchEvent(news)) send([field, choice]);
  });
  return made;
}
