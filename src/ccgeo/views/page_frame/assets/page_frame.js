// Says in words what a change of the filters has changed, for those who cannot see the map.

/**
 * @param {{parentElement: HTMLElement, data: {said: string, language: string}}} component
 */
export default function mount({ parentElement, data }) {
  document.documentElement.lang = data.language === "zh" ? "zh-CN" : "en";
  const said = parentElement.querySelector(".ccgeo-said");
  // The first words are on the page anyway; only what changes is worth an announcement.
  if (said.textContent !== data.said) said.textContent = data.said;
}
