// Every word that the map itself says, and how it writes numbers.

const WORDS = {
  en: {
    map: "Map of districts and investment flows",
    units: "Districts: arrow keys go from one to the next, Enter selects, plus and minus zoom",
    region: "Region",
    world: "World",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    frames: "Frame of the map",
    legend: "Legend",
    noData: "no record",
    inbound: "from the partner",
    outbound: "to the partner",
    ring: "ring: known no finer than prefecture, province or Circle",
    more: (n) => `+${n} more`,
    records: (n) => `${n.toLocaleString("en")} ${n === 1 ? "record" : "records"}`,
    projects: (n) => `${n.toLocaleString("en")} ${n === 1 ? "project" : "projects"}`,
    unknown: "amount not stated",
    circle: "Chengdu-Chongqing Economic Circle",
    circleShort: "Circle",
    bloc: "bloc: known for all its members, never divided",
    distance: (km) => `${km.toLocaleString("en")} km`,
    boundaries: "Boundaries",
    source: { Tianditu: "Tianditu", AMap: "AMap" },
    land: "Land: Natural Earth",
    toRegion: "Sichuan and Chongqing up close",
    play: "Play",
    pause: "Pause",
    window: "Years shown",
    growing: "growing",
    oneYear: "one year",
    asking: "Sectors and years",
    sectors: "Sectors",
    undated: "undated",
    totals: "Totals by year, the tallest is",
    firstYear: "First year shown",
    lastYear: "Last year shown",
    path: "From the whole region to what is selected",
    wholeRegion: "Whole region",
    lineColour: "Colour of a line: sector",
    severalSectors: "several sectors",
    otherSectors: "other sectors",
    restOfLines: (n, amount) => `+${n} smaller ${n === 1 ? "line" : "lines"}, ${amount}`,
    linesLater: "Lines follow when the server has added them up.",
    inTotal: "lines drawn, not all records",
    failed: "The boundaries could not be loaded. Reload the page to try again.",
  },
  zh: {
    map: "区县与投资流向地图",
    units: "区县：方向键逐个移动，回车选择，加减号缩放",
    region: "川渝",
    world: "世界",
    zoomIn: "放大",
    zoomOut: "缩小",
    frames: "地图范围",
    legend: "图例",
    noData: "无记录",
    inbound: "来自伙伴",
    outbound: "投向伙伴",
    ring: "圆环：仅知到市、省或双城经济圈",
    more: (n) => `另 ${n} 个`,
    records: (n) => `${n.toLocaleString("en")} 条记录`,
    projects: (n) => `${n.toLocaleString("en")} 个项目`,
    unknown: "金额未披露",
    circle: "成渝地区双城经济圈",
    circleShort: "双城经济圈",
    bloc: "国家集团：仅知整体，不分摊到成员",
    distance: (km) => `${km.toLocaleString("en")} 公里`,
    boundaries: "边界",
    source: { Tianditu: "天地图", AMap: "高德地图" },
    land: "陆地：Natural Earth",
    toRegion: "放大川渝",
    play: "播放",
    pause: "暂停",
    window: "所示年份",
    growing: "逐年累计",
    oneYear: "单年",
    asking: "行业与年份",
    sectors: "行业",
    undated: "无日期",
    totals: "各年合计，最高为",
    firstYear: "所示首年",
    lastYear: "所示末年",
    path: "从全域到所选地区",
    wholeRegion: "全域",
    lineColour: "流线颜色：行业",
    severalSectors: "多个行业",
    otherSectors: "其他行业",
    restOfLines: (n, amount) => `另有 ${n} 条较小流线，${amount}`,
    linesLater: "流线待服务器汇总后显示。",
    inTotal: "为所绘流线合计，并非全部记录",
    failed: "边界数据未能载入，请刷新页面重试。",
  },
};

/** @param {string} language @returns {typeof WORDS.en} */
export function wordsOf(language) {
  return WORDS[language === "zh" ? "zh" : "en"];
}

// Made once: a formatter takes a hundred times longer to make than to use.
const FORMATS = [0, 1, 2].map((digits) => new Intl.NumberFormat("en", { maximumFractionDigits: digits }));

/** Three significant digits, never in powers of ten. @param {number} value */
function short(value) {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return FORMATS[Math.min(digits, 2)].format(value);
}

/** @param {number} wan CNY 10,000 @param {string} language @returns {string} */
export function money(wan, language) {
  const size = Math.abs(wan);
  if (language === "zh") {
    if (size >= 1e8) return `${short(wan / 1e8)} 万亿元`;
    return size >= 1e4 ? `${short(wan / 1e4)} 亿元` : `${short(wan)} 万元`;
  }
  if (size >= 1e8) return `CNY ${short(wan / 1e8)} trn`;
  if (size >= 1e5) return `CNY ${short(wan / 1e5)} bn`;
  return size >= 100 ? `CNY ${short(wan / 100)} mn` : `CNY ${short(wan * 10)} k`;
}

/** @param {number} value @param {string} measure @param {string} language @returns {string} */
export function valueText(value, measure, language) {
  if (measure === "projects") return wordsOf(language).projects(value);
  const amount = money(value, language);
  if (measure !== "amount_per_km2") return amount;
  return language === "zh" ? `${amount}/平方公里` : `${amount} per km²`;
}
