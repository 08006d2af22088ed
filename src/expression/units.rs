//! The table of units: one word a unit. To teach the grammar a unit, add its word to a row or a row to [`MEASURES`].

use std::sync::LazyLock;

use super::table::Table;
use super::value::Grain;

/// A unit: what an amount counts or measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// As printed: `公里`, `袋`, `万元` gives `元`.
    pub word: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// How many base units it is: 1000 for 公里, whose base is the metre. 1 where there is no other base.
    pub factor: f64,
}

/// What a unit measures, with its base unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// Things counted, with a measure word 量词.
    Count,
    /// Metres.
    Length,
    /// Square metres.
    Area,
    /// Litres.
    Volume,
    /// Kilograms.
    Mass,
    /// Metres a second.
    Speed,
    /// Degrees Celsius.
    Temperature,
    /// Degrees of an angle, of latitude.
    Angle,
    /// Watts.
    Power,
    /// Joules.
    Energy,
    /// Volts, amperes, ohms: one base each.
    Electric,
    /// Pascals.
    Pressure,
    /// Hertz.
    Frequency,
    /// Bytes.
    Data,
    /// A share of the whole: 1 is all of it.
    Share,
    /// Percentage points 百分点.
    Points,
    /// Times 倍.
    Times,
    /// Time; base in seconds, months 30.436875 days.
    Time(Grain),
    /// Money, in the currency of this ISO 4217 code.
    Money(&'static str),
    /// Other physical units: decibel, mole, micrograms a cubic metre.
    Other,
}

/// Rows of units: what they measure, how many base units each is, their words.
const MEASURES: &[(Dimension, f64, &str)] = &[
    (Dimension::Length, 1.0, "米 m 公尺 延米"),
    (Dimension::Length, 1000.0, "公里 千米 km KM 华里"),
    (Dimension::Length, 500.0, "里"),
    (Dimension::Length, 0.1, "分米 dm"),
    (Dimension::Length, 0.01, "厘米 公分 cm"),
    (Dimension::Length, 0.001, "毫米 mm"),
    (Dimension::Length, 1e-6, "微米 μm"),
    (Dimension::Length, 1e-9, "纳米 nm"),
    (Dimension::Length, 1852.0, "海里"),
    (Dimension::Length, 1609.344, "英里"),
    (Dimension::Length, 0.3048, "英尺"),
    (Dimension::Length, 0.0254, "英寸"),
    (Dimension::Length, 10.0 / 3.0, "丈"),
    (Dimension::Length, 1.0 / 3.0, "尺"),
    (Dimension::Length, 1.0 / 30.0, "寸"),
    (Dimension::Length, 9.460_730_472_580_8e15, "光年"),
    (Dimension::Area, 1.0, "平方米 平米 ㎡ m² m2 平方公尺"),
    (Dimension::Area, 1e6, "平方公里 平方千米 km² km2"),
    (Dimension::Area, 1e-4, "平方厘米 cm²"),
    (Dimension::Area, 10_000.0, "公顷 hm² 垧"),
    (Dimension::Area, 2000.0 / 3.0, "亩"),
    (Dimension::Volume, 1.0, "升 公升 L"),
    (Dimension::Volume, 0.001, "毫升 ml mL 立方厘米"),
    (Dimension::Volume, 1000.0, "立方米 立方 m³ m3 标方 千升"),
    (Dimension::Volume, 1e12, "立方公里 立方千米"),
    (Dimension::Volume, 158.987_294_928, "桶油"),
    (Dimension::Mass, 1.0, "公斤 千克 kg KG"),
    (Dimension::Mass, 0.001, "克 g"),
    (Dimension::Mass, 1e-6, "毫克 mg"),
    (Dimension::Mass, 1e-9, "微克 μg"),
    (Dimension::Mass, 1000.0, "吨 t 公吨"),
    (Dimension::Mass, 0.5, "斤 市斤"),
    (Dimension::Mass, 0.05, "两重"),
    (Dimension::Mass, 100.0, "公担"),
    (Dimension::Mass, 0.453_592_37, "磅"),
    (Dimension::Mass, 0.000_2, "克拉"),
    (Dimension::Mass, 0.028_349_523, "盎司"),
    (Dimension::Speed, 1.0 / 3.6, "公里/小时 公里/时 千米/小时 千米/时 km/h"),
    (Dimension::Speed, 1.0, "米/秒 m/s"),
    (Dimension::Speed, 340.0, "马赫"),
    (Dimension::Temperature, 1.0, "摄氏度 ℃ °C 度C"),
    (Dimension::Temperature, 5.0 / 9.0, "华氏度 ℉ °F"),
    (Dimension::Angle, 1.0, "度 °"),
    (Dimension::Power, 1.0, "瓦 W"),
    (Dimension::Power, 1000.0, "千瓦 kW KW"),
    (Dimension::Power, 1e6, "兆瓦 MW"),
    (Dimension::Power, 735.498_75, "马力"),
    (Dimension::Energy, 3.6e6, "千瓦时 千瓦·时 度电 kWh"),
    (Dimension::Energy, 3600.0, "瓦时"),
    (Dimension::Energy, 1.0, "焦耳 焦"),
    (Dimension::Energy, 1000.0, "千焦"),
    (Dimension::Energy, 4.184, "卡路里 卡"),
    (Dimension::Energy, 4184.0, "千卡 大卡"),
    (Dimension::Electric, 1.0, "伏 伏特 V 安培 A 欧姆 Ω"),
    (Dimension::Electric, 1000.0, "千伏 kV 千伏安"),
    (Dimension::Electric, 0.001, "毫安 毫安时 mAh"),
    (Dimension::Pressure, 1.0, "帕 帕斯卡"),
    (Dimension::Pressure, 100.0, "百帕"),
    (Dimension::Pressure, 1000.0, "千帕"),
    (Dimension::Pressure, 1e6, "兆帕"),
    (Dimension::Pressure, 133.322, "毫米汞柱"),
    (Dimension::Frequency, 1.0, "赫兹 赫 Hz"),
    (Dimension::Frequency, 1000.0, "千赫"),
    (Dimension::Frequency, 1e6, "兆赫 MHz"),
    (Dimension::Frequency, 1e9, "吉赫 GHz"),
    (Dimension::Data, 1.0, "字节"),
    (Dimension::Data, 1e3, "KB"),
    (Dimension::Data, 1e6, "MB"),
    (Dimension::Data, 1e9, "GB"),
    (Dimension::Data, 1e12, "TB"),
    (Dimension::Share, 0.01, "% ％"),
    (Dimension::Share, 0.001, "‰"),
    (Dimension::Share, 0.1, "成 折"),
    (Dimension::Points, 1.0, "个百分点 百分点"),
    (Dimension::Points, 0.01, "个基点 基点"),
    (Dimension::Times, 1.0, "倍"),
    (Dimension::Time(Grain::Century), 3_155_695_200.0, "个世纪 世纪"),
    (Dimension::Time(Grain::Year), 31_556_952.0, "年 周年 载 个年头 年头 整年 学年"),
    (Dimension::Time(Grain::Quarter), 7_889_238.0, "个季度 季度"),
    (Dimension::Time(Grain::Month), 2_629_746.0, "个月 个整月"),
    (Dimension::Time(Grain::Part), 864_000.0, "旬"),
    (Dimension::Time(Grain::Week), 604_800.0, "周 个星期 星期 个礼拜 礼拜 个周"),
    (Dimension::Time(Grain::Day), 86_400.0, "天 日 昼夜 个昼夜 个工作日 工作日 个交易日 宿 晚"),
    (Dimension::Time(Grain::Hour), 3600.0, "小时 个小时 钟头 个钟头 学时 课时"),
    (Dimension::Time(Grain::Hour), 7200.0, "个时辰 时辰"),
    (Dimension::Time(Grain::Hour), 900.0, "刻钟"),
    (Dimension::Time(Grain::Minute), 60.0, "分钟 分"),
    (Dimension::Time(Grain::Second), 1.0, "秒钟 秒"),
    (Dimension::Time(Grain::Second), 0.001, "毫秒"),
    (Dimension::Money("CNY"), 1.0, "元 块 块钱 元钱 圆 元人民币 人民币"),
    (Dimension::Money("CNY"), 0.1, "角 角钱 毛 毛钱"),
    (Dimension::Money("CNY"), 0.01, "分钱"),
    (Dimension::Money("USD"), 1.0, "美元 美金 刀"),
    (Dimension::Money("USD"), 0.01, "美分"),
    (Dimension::Money("HKD"), 1.0, "港元 港币 元港币"),
    (Dimension::Money("MOP"), 1.0, "澳门元 澳门币"),
    (Dimension::Money("TWD"), 1.0, "新台币 台币 元新台币"),
    (Dimension::Money("EUR"), 1.0, "欧元"),
    (Dimension::Money("EUR"), 0.01, "欧分"),
    (Dimension::Money("GBP"), 1.0, "英镑"),
    (Dimension::Money("GBP"), 0.01, "便士"),
    (Dimension::Money("JPY"), 1.0, "日元 日圆"),
    (Dimension::Money("KRW"), 1.0, "韩元 韩币"),
    (Dimension::Money("RUB"), 1.0, "卢布"),
    (Dimension::Money("INR"), 1.0, "卢比 印度卢比"),
    (Dimension::Money("AUD"), 1.0, "澳元 澳大利亚元"),
    (Dimension::Money("CAD"), 1.0, "加元 加拿大元"),
    (Dimension::Money("SGD"), 1.0, "新加坡元 新元 新币"),
    (Dimension::Money("NZD"), 1.0, "新西兰元"),
    (Dimension::Money("CHF"), 1.0, "瑞士法郎 瑞郎"),
    (Dimension::Money("THB"), 1.0, "泰铢"),
    (Dimension::Money("VND"), 1.0, "越南盾"),
    (Dimension::Money("BRL"), 1.0, "雷亚尔"),
    (Dimension::Money("SEK"), 1.0, "瑞典克朗"),
    (Dimension::Money("ZAR"), 1.0, "兰特"),
    (Dimension::Money("TRY"), 1.0, "里拉"),
    (Dimension::Money("PHP"), 1.0, "菲律宾比索 比索"),
    (Dimension::Money("MYR"), 1.0, "林吉特"),
    (
        Dimension::Other,
        1.0,
        "分贝 dB 微克/立方米 毫克/升 毫克/立方米 克/升 摩尔 流明 坎德拉 像素 dpi 转/分 毫克/千克",
    ),
    (Dimension::Count, 12.0, "打"),
    // Measure words 量词 of news prose: people and bodies,
    (
        Dimension::Count,
        1.0,
        "人 名 位 口人 人次 户 家 户次 人份 员 个人 者 代人 代 届 班 队 组 伙 帮 批 群 拨 行人 辈",
    ),
    // things,
    (
        Dimension::Count,
        1.0,
        "个 只 条 张 把 件 份 袋 盒 箱 瓶 桶 包 捆 罐 杯 碗 盘 壶 锅 筐 篮 车 船 台 辆 架 艘 列 节 部 套 副 \
         双 对 支 枝 根 株 棵 朵 粒 颗 片 块 面 枚 匹 头 尾 峰 羽 顶 床 幅 帧 扇 盏 门 挺 具 枪 发 串 束 卷 册 本 篇 \
         封 首 页 行 句 字 段 章 则 项 款 例 宗 起 桩 笔 单 期 版 集 讲 堂 课 科 票 席 座 栋 幢 间 所 处 层 排 \
         级 阶 档 等 类 种 样 式 道 孔 眼 口 井 坛 池 片区 股 团 丝 缕 滴 阵 场次 台次 架次 班次 车次 辆次 件次 \
         艘次 批次 例次 次 趟 回 遍 场 番 下 轮 步 声 眼 拳 脚 圈 倍次 局 盘 垒 环 岁 周岁 \
         村 镇 乡 县 市 省 区 国 街 巷 路 楼 门户 院 校 厂 店 点 站 岗 席位 床位 张床位 个床位 车位 号 款项 单元 \
         厘 份额 手 股份 桌 针 剂 剂次 针次 支队 付 味 服 帖 名额 标箱 箱次 枚次 \
         开间 立方米/秒 亩地 分地 成员国 人组 大类 小类 大板块 比特 维 系 码 爿 \
         页纸 册书 重 摞 堆 沓 叠 攻 挂 辑 期次 泡 炉 进 眼井 艇 管 梯 垛 畦 畈 坪 棚 槽 幕 曲 折戏 出戏 \
         斗 席话 通 顿 餐 席面 方 抹 线 码洋 尊 樽 洼 弯 汪 湾 泓 湖 ",
    ),
];

/// Words that are no unit where one of these follows the unit's word: `3 点建议` is not `3 点`, `5人民币` not `5人`.
/// Longest match settles most; this settles the rest.
const NOT_BEFORE: &[(&str, &str)] = &[
    ("人", "民才均机工类体间流气大力家道行物"),
    ("国", "家际内外庆有企"),
    ("市", "场民区委政值级"),
    ("区", "域间块委"),
    ("路", "段线口边面"),
    ("方", "面式法向案针位便可才能"),
    ("行", "动业政为程驶列进走人"),
    ("点", "击赞评名燃亮滴多以后前"),
    ("线", "上下路索"),
    ("重", "要大点视新复庆"),
    ("进", "行入一出口展步"),
    ("下", "午降跌滑半来去发乡属列一旬次达载单调"),
    ("手", "机工续术段里中"),
    ("字", "样体母"),
    ("号", "召"),
    ("通", "过知报车道信行常"),
    ("成", "为立功果员本都绩长年熟交就了人分"),
    ("期", "间待望末货"),
    ("单", "位独车"),
    ("发", "展生现布放起出表送达"),
    ("起", "来到步点草诉义飞因源"),
    ("度", "过假"),
    ("载", "体重客人"),
    ("晚", "上会间报年餐宴"),
    ("分", "别为布析享成子配公会局明开类组管行歧批割"),
    ("日", "本均常报子前后产益夜记用渐照光化凌间"),
    ("年", "级轻龄货均产味度会薪报糕检夜画终"),
    ("周", "边围岁末密转"),
    ("对", "于待此外手象接方抗话应策口"),
    ("场", "所景馆面地合外"),
    ("所", "有以谓在属需得"),
    ("等", "级奖待多于候地因到着等座"),
    ("系", "统列"),
    ("级", "别"),
    ("股", "票份市东价民权指息本"),
    ("本", "报地身次月年周市省县区届人土来科质"),
    ("道", "路德理具，。；、努推为维加共携续坚促把致应构深践捍落谱开出迎走履引支参继"),
    ("处", "理于置罚分在长"),
    ("间", "隔接"),
    ("门", "口外户前票诊"),
    ("面", "积对临向前粉包上料试"),
    ("课", "题程堂"),
    ("出", "现"),
    ("管", "理道控委"),
    ("席", "卷"),
    ("样", "本"),
    ("条", "件例款"),
    ("集", "中体团聚合市约装"),
    ("队", "伍员长"),
    ("班", "子级主长组"),
    ("组", "织长成建合团员委"),
    ("排", "名查在放队除列水量长"),
    ("批", "准评发复示"),
    ("代", "表理替码价谢"),
    ("员", "工"),
    ("科", "学技研室普长员目"),
    ("站", "在点长起"),
    ("店", "铺面"),
    ("院", "长校士子落"),
    ("校", "长园"),
    ("楼", "房宇市道层盘上下"),
    ("村", "民庄委里支党"),
    ("省", "委份级长政"),
    ("县", "委城级长政域"),
    ("镇", "政党长"),
    ("街", "道头区镇坊"),
    ("乡", "村镇亲党政"),
    ("家", "长庭人里电"),
    ("户", "籍口外"),
    ("口", "罩岸述径气号味子"),
    ("部", "门分长队署委级属"),
    ("局", "长面部势"),
    ("版", "本权面"),
    ("章", "程"),
    ("款", "项式"),
    ("项", "目"),
    ("位", "于置列居"),
    ("名", "单称义人牌字誉次列"),
    ("步", "行伐入骤"),
    ("声", "音明称誉"),
    ("台", "湾风账阶州球胞"),
    ("头", "部脑发条"),
    ("片", "区面"),
    ("包", "括含装容裹围办保联扎村"),
    ("双", "方向重双"),
    ("回", "到家来升答顾应落归暖"),
    ("轮", "流船胎"),
    ("段", "落"),
    ("节", "日约能目假水省"),
    ("列", "车入为"),
    ("把", "握关"),
    ("票", "房价"),
    ("服", "务用装役"),
    ("味", "道"),
    ("支", "持部付撑援出书"),
    ("车", "辆站间主企型程队祸牌道险友库"),
    ("里", "面程"),
    ("升", "级至高温学"),
    ("克", "服隆"),
    ("元", "旦宵素首"),
    ("角", "度落色逐"),
    ("块", "状"),
    ("米", "饭面粉兰线"),
    ("吨", "位"),
    ("圈", "层内"),
    ("天", "然气津空下地府才涯河安"),
    ("打", "造击电架工包印的开响破好赢通卡工"),
    ("岗", "位"),
    ("卡", "点车口片尔"),
    ("曲", "线"),
    ("幕", "后"),
    ("瓦", "斯"),
    ("则", "是为有会在"),
    ("堂", "食"),
    ("层", "面次"),
    ("类", "似型"),
    ("种", "植子类粮养菜业"),
    ("式", "样"),
    ("顿", "时"),
    ("餐", "饮厅馆"),
    ("副", "书主市省县局总校院会部秘处科教"),
    ("", "州"),
    ("湖", "北南州"),
    ("棚", "改户"),
    ("坪", "山"),
    ("池", "州"),
    ("湾", "区"),
    ("针", "对"),
    ("环", "境比节保球评卫"),
    ("盘", "活点"),
    ("床", "上"),
    ("套", "现路"),
    ("峰", "会"),
    ("枪", "支"),
    ("堆", "放积"),
    ("挂", "牌职号图钩"),
    ("攻", "坚克击"),
    ("折", "射合叠戏返旧磨损"),
    ("脚", "步"),
    ("眼", "前下看"),
    ("斗", "争"),
    ("团", "队结体员圆委市长购"),
    ("届", "时"),
    ("笔", "者记试"),
    ("例", "如"),
    ("册", "封"),
    ("码", "头"),
    ("炉", "石"),
    ("维", "护修持权吾和"),
];

/// A word of the table and what follows it when it is no unit.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) unit: Unit,
    not_before: &'static str,
}

static UNITS: LazyLock<Table<Entry>> = LazyLock::new(|| {
    let words = MEASURES.iter().flat_map(|&(dimension, factor, words)| {
        words.split_whitespace().map(move |word| {
            let not_before = NOT_BEFORE.iter().find(|it| it.0 == word).map_or("", |it| it.1);
            (word, Entry { unit: Unit { word, dimension, factor }, not_before })
        })
    });
    Table::of(words)
});

/// The unit that stands at `at`, the longest that fits, and its end. After Arabic digits (`arabic`) a measure word is
/// one whatever follows, `3家中医诊所`; after a Chinese numeral what follows can show that it is none, 一手机.
pub(super) fn unit_at(text: &str, at: usize, arabic: bool) -> Option<(Unit, usize)> {
    let mut found = None;
    UNITS.each_at(text, at, |entry, end| {
        let next = text[end..].chars().next();
        let sure = arabic && entry.unit.dimension == Dimension::Count && entry.unit.word != "人";
        let barred = !sure && next.is_some_and(|it| entry.not_before.contains(it));
        let latin = entry.unit.word.ends_with(|it: char| it.is_ascii_alphabetic())
            && next.is_some_and(|it| it.is_ascii_alphanumeric());
        if barred || latin {
            return false;
        }
        found = Some((entry.unit, end));
        true
    });
    found
}

/// The words of all units.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    UNITS.words()
}
