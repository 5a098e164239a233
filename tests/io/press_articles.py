"""Press texts in our own words that carry the figures of the five founding articles.

The articles themselves are not ours to keep. Each text states what its article states: the same
totals, parts, places and dates, in English and in Chinese, with the kind of sentence around them
that articles have.
"""

EXPO_EN = """Key projects sealed as Smart China Expo 2022 opens

CHONGQING, Aug. 23, 2022 - The online signing ceremony for key projects of Smart China Expo 2022 \
took place in Chongqing on Aug. 22. A total of 70 major projects were signed, with a total \
contract investment of 212.1 billion yuan (about 31 billion US dollars). Of them, 54 projects are \
worth more than 1 billion yuan each.

The projects include 18 in smart and internet-connected new energy vehicles worth 83.3 billion \
yuan, 14 in software information and technological innovation worth 33 billion yuan, 13 in smart \
manufacturing of electronics and equipment worth 22.4 billion yuan, and 6 in biomedicine worth \
12.8 billion yuan. New materials and private equity are on the list as well.

Once they run, the vehicle projects are expected to bring an annual output of 200 billion yuan. \
The city's digital economy grew by 16 percent last year.
"""

EXPO_ZH = """2022智博会重点项目集中签约

2022年8月22日，2022中国国际智能产业博览会重点项目签约仪式以线上方式在重庆举行。现场共签约重大项目70个，\
合同投资总额2121亿元，其中10亿元以上项目54个。

从行业看，智能网联新能源汽车项目18个，合同投资833亿元；软件和信息技术项目14个，合同投资330亿元；\
电子信息、装备智能制造项目13个，合同投资224亿元；生物医药项目6个，合同投资128亿元。

项目全部达产后，预计年产值超过3000亿元。去年全市数字经济增加值增长16%。
"""

SINGAPORE_EN = """Sichuan and Chongqing court investors in Singapore

SINGAPORE, Oct. 16, 2025 - The 4th Chengdu-Chongqing Economic Circle Global Investment Promotion \
Conference was held in Singapore on Oct. 15. Five projects worth 1.15 billion yuan were signed on \
site by Sichuan and Chongqing, in artificial intelligence, new materials, food processing and \
health data analysis. The two sides also released a portfolio of opportunities with a total \
investment exceeding 1 trillion yuan.

Trade between Singapore and the region has reached 9.8 billion US dollars so far this year.
"""

SINGAPORE_ZH = """川渝携手赴新加坡推介

2025年10月15日，第四届成渝地区双城经济圈全球投资推介会在新加坡举行。四川和重庆现场签约5个项目，\
投资额11.5亿元。会上，双方共同发布机遇清单，总投资超过1万亿元。

今年以来，双边贸易额已达98亿美元。
"""

ELITES_EN = """Overseas Chinese entrepreneurs gather in Chengdu

CHENGDU, May 19, 2021 - The 2021 Expatriate Elites Sichuan-Chongqing Exchange was held in Chengdu. \
At the event, 37 overseas Chinese projects were signed with an investment of 6.15 billion yuan. \
The Overseas Chinese Business Alliance for Dazhou, Wanzhou and Kaizhou was launched.
"""

ELITES_ZH = """侨界精英走进川渝

2021年5月19日，2021海外侨界精英川渝行交流活动在成都举行。活动共签约侨资项目37个，投资金额61.5亿元。\
达州、万州、开州侨商联盟同时揭牌。
"""

RAFFLES_EN = """A landmark of the China-Singapore (Chongqing) Connectivity Initiative

Raffles City Chongqing, invested by CapitaLand from Singapore with a total investment of 24 \
billion yuan, stands where two rivers meet. It covers 1.12 million square meters and has 8 towers.
"""

RAFFLES_ZH = """中新互联互通项目的地标

来自新加坡的凯德集团投资建设的“重庆来福士”总投资240亿元，位于两江交汇处，总建筑面积112万平方米。
"""

CIRCLE_EN = """Holding hands for prosperity

In 2020 the gross domestic product of the Chengdu-Chongqing economic circle accounted for 6.3 \
percent of the national total. The combined GDP of Sichuan and Chongqing came to 660 billion yuan, \
up 4 percent. Both sides started 31 projects that year under a joint plan.
"""

CIRCLE_ZH = """携手共进

2020年，成渝地区双城经济圈地区生产总值占全国的6.3%，四川、重庆经济总量合计7.36万亿元，同比增长4%。
"""

# What must be proposed: (kind, projects, amount in CNY mn, stage, sector) of each row, in order.
EXPO = [
    ("event", 70, 212_100, "signed", "unstated"),
    ("breakdown", 18, 83_300, None, "automotive"),
    ("breakdown", 14, 33_000, None, "digital"),
    ("breakdown", 13, 22_400, None, "several"),
    ("breakdown", 6, 12_800, None, "biomedicine"),
]
FOUNDING = [
    ("expo en", EXPO_EN, EXPO, {"500000"}),
    ("expo zh", EXPO_ZH, EXPO, {"500000"}),
    ("singapore en", SINGAPORE_EN, [("event", 5, 1_150, "signed", "several"),
     ("deal", None, 1_000_000, "opportunity", "unstated")], {"510000", "500000", "SG"}),
    ("singapore zh", SINGAPORE_ZH, [("event", 5, 1_150, "signed", "unstated"),
     ("deal", None, 1_000_000, "opportunity", "unstated")], {"510000", "500000", "SG"}),
    ("elites en", ELITES_EN, [("event", 37, 6_150, "signed", "unstated")],
     {"510100", "511700", "500101", "500154"}),
    ("elites zh", ELITES_ZH, [("event", 37, 6_150, "signed", "unstated")],
     {"510100", "511700", "500101", "500154"}),
    ("raffles en", RAFFLES_EN, [("deal", None, 24_000, None, "unstated")], {"cq-raffles-city"}),
    ("raffles zh", RAFFLES_ZH, [("deal", None, 24_000, None, "unstated")], {"cq-raffles-city"}),
    ("circle en", CIRCLE_EN, [], {"CCEC"}),
    ("circle zh", CIRCLE_ZH, [], {"CCEC"}),
]  # fmt: skip

# Texts of which nothing may be proposed.
NOTHING = [
    "The two cities did not sign the 5 projects worth 1.15 billion yuan.",
    "A plan to invest 5 billion yuan in a plant in Chongqing was cancelled.",
    "The company denied that it had signed a contract worth 3 billion yuan in Chengdu.",
    "Subsidies of up to 100 million yuan are open to projects in Liangjiang New Area.",
    "The park may attract investment of up to 5 billion yuan.",
    "The plant will produce goods worth 2 billion yuan per year.",
    "The factory's annual output value is 12 billion yuan.",
    "Investment equal to 6.3 percent of GDP was recorded in the Chengdu-Chongqing circle.",
    "The GDP of Chongqing reached 2.5 trillion yuan.",
    "Between 5 and 10 billion yuan will be invested in Yubei District.",
    "Total investment is put at 5-10 billion yuan.",
    "Investment of 5 billion to 10 billion yuan is planned in Chengdu.",
    "On August 22, 2022, 2022 projects were on show in Chongqing.",
    "In 2022 projects in Chongqing signed earlier moved ahead.",
    "So far, 162 projects worth 25 billion US dollars have been signed under the initiative.",
    "By the end of 2021, projects with a total value of 25 billion US dollars had been signed.",
    "Since 2018, the expo has brought 1,000 projects worth 2 trillion yuan to Chongqing.",
    "Bank loans of 116 billion yuan were signed in Gaozhu New Area.",
    "Sichuan aims to sign projects worth 1 trillion yuan.",
    "The projects are expected to bring investment of 50 billion yuan.",
    "Exports of Chongqing signed off the year at 500 billion yuan.",
    "Revenue of the company, which invested in Chongqing, reached 30 billion yuan.",
    "54 of the projects are worth more than 1 billion yuan each.",
    "If approved, the 3 billion yuan project would be signed in Mianyang.",
    "Registered capital of 200 million yuan was paid in Deyang.",
    "双方并未签约总投资50亿元的项目。",
    "该项目总投资50亿元，现已取消。",
    "最高补贴1亿元，支持重庆企业投资。",
    "总投资不超过20亿元。",
    "项目每年投资5亿元。",
    "项目投产后年产值可达30亿元。",
    "重庆市地区生产总值达到2.5万亿元。",
    "总投资5至10亿元的项目落户渝北区。",
    "总投资5亿-10亿元的项目落户渝北区。",
    "2022年8月22日，重庆发布2022年项目目录。",
    "截至2021年底，累计签约项目162个，总金额250亿美元。",
    "五年来，签约项目1000个，总投资2万亿元。",
    "力争全年签约项目总投资1万亿元。",
    "银行授信1160亿元支持高竹新区项目。",
    "全市进出口总额8000亿元，签约企业增多。",
    "公司注册资本2亿元，总部位于德阳市。",
    "其中10亿元以上项目54个。",
    "若能获批，30亿元的项目将在绵阳签约。",
    "The road is 1.15 million metres long and cost nobody knows what.",
    "Chongqing has 32 million people and signed nothing.",
    "She is 37 and has 5 contracts.",
]
