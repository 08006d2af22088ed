//! Organisations: what ends with 局, 委, 公司, 医院 …, and reaches back to the region or the brand that it starts with.

use super::list::{Affixes, List};
use super::words::Words;
use super::{EntityKind, Mention};
use crate::lexicon::Tags;

/// What may start an organisation, and what has to stand between that and the ending.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// Of a region: 市商务局, 焦作市公安局; a word stands between unless it is in the ending.
    Public,
    /// Of a region, with or without a word between: 焦作市政府.
    Government,
    /// Of a region or a brand: 可屹隆公司.
    Company,
    /// Of a region or a name, with something between: 人民路社区卫生服务中心, but not 焦作医院.
    Institute,
    /// Of a place, right before it: 焦作移动.
    Branch,
}

use Head::{Branch, Company, Government, Institute, Public};

/// What organisations end with; of two that fit, the first.
static HEADS: Affixes<(&str, Head)> = Affixes::of(&[
    ("有限责任公司", Company),
    ("股份有限公司", Company),
    ("有限公司", Company),
    ("分公司", Company),
    ("公司", Company),
    ("集团", Company),
    ("制药", Company),
    ("药业", Company),
    ("银行", Company),
    ("支行", Institute),
    ("分行", Institute),
    ("控股", Company),
    ("证券", Institute),
    ("合作社", Institute),
    ("俱乐部", Institute),
    ("政府", Government),
    ("党工委", Government),
    ("纪工委", Government),
    ("管委会", Government),
    ("居委会", Government),
    ("村委会", Government),
    ("办事处", Government),
    ("人大常委会", Government),
    ("常委会", Government),
    ("纪检委", Government),
    ("监委", Government),
    ("纪委", Government),
    ("政协", Government),
    ("人大", Government),
    ("党委", Government),
    ("市委", Government),
    ("省委", Government),
    ("县委", Government),
    ("区委", Government),
    ("党支部", Institute),
    ("党总支", Institute),
    ("人民法院", Government),
    ("人民检察院", Government),
    ("法院", Government),
    ("检察院", Government),
    ("总工会", Government),
    ("工商联", Government),
    ("妇联", Government),
    ("团委", Government),
    ("残联", Government),
    ("文联", Government),
    ("科协", Government),
    ("委员会", Public),
    ("指挥部", Public),
    ("办公室", Public),
    ("研究院", Institute),
    ("研究所", Institute),
    ("研究中心", Institute),
    ("科学院", Institute),
    ("卫生院", Institute),
    ("保健院", Institute),
    ("医学院", Institute),
    ("医院", Institute),
    ("党校", Government),
    ("大学", Government),
    ("学院", Institute),
    ("中学", Institute),
    ("小学", Institute),
    ("学校", Institute),
    ("幼儿园", Institute),
    ("博物馆", Government),
    ("图书馆", Government),
    ("博物院", Government),
    ("协会", Public),
    ("学会", Public),
    ("商会", Public),
    ("联合会", Public),
    ("基金会", Institute),
    ("促进会", Institute),
    ("联盟", Institute),
    ("出版社", Institute),
    ("通讯社", Institute),
    ("日报社", Government),
    ("报社", Institute),
    ("电视台", Government),
    ("广播电台", Government),
    ("派出所", Institute),
    ("中心", Institute),
    ("支队", Public),
    ("大队", Public),
    ("总队", Public),
    ("局", Public),
    ("厅", Public),
    ("委", Public),
    ("办", Public),
    ("厂", Institute),
    ("组织部", Public),
    ("宣传部", Public),
    ("统战部", Public),
    ("武装部", Public),
    ("人武部", Public),
    ("政治部", Public),
    ("国防部", Public),
    ("外交部", Public),
    ("移动", Branch),
    ("联通", Branch),
    ("电信", Branch),
    ("铁塔", Branch),
]);

/// Words that are an organisation by themselves.
static ALONE: List = List::of(&[
    "市委",
    "省委",
    "县委",
    "区委",
    "市政府",
    "省政府",
    "县政府",
    "区政府",
    "党中央",
    "中共中央",
    "中央军委",
    "国务院",
    "全国人大",
    "全国政协",
    "中央纪委",
    "中纪委",
    "国家监委",
    "中组部",
    "中宣部",
    "最高法",
    "最高检",
    "公安部",
    "财政部",
    "教育部",
    "外交部",
    "国防部",
    "商务部",
    "科技部",
    "民政部",
    "司法部",
    "水利部",
    "农业农村部",
    "生态环境部",
    "自然资源部",
    "交通运输部",
    "工业和信息化部",
    "工信部",
    "国家发展改革委",
    "国家发改委",
    "发改委",
    "国家卫生健康委",
    "国家卫健委",
    "退役军人事务部",
    "应急管理部",
    "住房和城乡建设部",
    "文化和旅游部",
    "人力资源社会保障部",
    "中国人民银行",
    "央行",
    "国资委",
    "银保监会",
    "证监会",
    "海关总署",
    "国家统计局",
    "税务总局",
    "国家税务总局",
    "新华社",
    "人民日报",
    "人民日报社",
    "中央广播电视总台",
    "央视",
    "中新社",
    "联合国",
    "欧盟",
    "北约",
    "东盟",
    "非盟",
    "世界卫生组织",
    "世卫组织",
    "世界贸易组织",
    "世贸组织",
    "国际货币基金组织",
    "世界银行",
    "联合国安理会",
    "安理会",
    "上合组织",
    "上海合作组织",
    "欧洲央行",
    "美联储",
    "欧佩克",
    "哈马斯",
    "真主党",
    "中国人民解放军",
    "解放军",
    "中国共产党",
    "中共",
    "共青团",
    "共青团中央",
    "全国妇联",
    "全国总工会",
    "中国科学院",
    "中科院",
    "中国工程院",
    "清华大学",
    "北京大学",
    "中国人民政治协商会议",
    "全国人民代表大会",
    "全国人民代表大会常务委员会",
    "全国人大常委会",
    "最高人民法院",
    "最高人民检察院",
    "中央军事委员会",
    "市纪委监委",
    "省纪委监委",
    "市纪委",
    "省纪委",
    "市人大",
    "市政协",
    "省人大",
    "省政协",
    "市妇联",
    "市总工会",
    "市法院",
    "市检察院",
    "市公安局",
    "国家电网",
    "中国石油",
    "中国石化",
    "中国移动",
    "中国联通",
    "中国电信",
    "国铁集团",
    "红十字会",
    "白宫",
    "五角大楼",
    "克里姆林宫",
    "国会",
    "参议院",
    "众议院",
    "联合国教科文组织",
]);

/// One character or word for a region whose name is understood.
static REGIONS: List = List::of(&["市", "省", "县", "区", "州", "镇", "乡"]);

/// Words that start the name of an organisation as a region does.
static NATIONAL: List = List::of(&[
    "中国",
    "国家",
    "中央",
    "全国",
    "中华",
    "最高",
    "世界",
    "国际",
    "中共",
    "中华人民共和国",
    "联合国",
    "亚洲",
    "欧洲",
    "非洲",
    "人民",
    "解放军",
    "中科院",
    "武警",
    "全球",
    "首都",
    "中央军委",
    "国务院",
    "共青团",
    "皇家",
]);

/// Words before 市, 县 … that make it a region spoken of, not the start of a name.
static SPOKEN: List =
    List::of(&["我", "该", "本", "全", "各", "两", "此", "某", "每", "外", "他", "整个", "一些", "跨", "多"]);

/// Characters that no organisation's name goes on across, to the left.
const STOPS: &str = "的了着过在与及跟同或从向往到将被给为是有无这那该此其各每某本我你他她它们等都也还又再就已并且但如若因以于至对按照据兼沿朝当让使令叫请派由经则即后前和称最所";

/// Kinds of word that no organisation's name goes on across, to the left.
const PARTING: Tags = Tags::of(&[
    "v", "vd", "vi", "p", "c", "d", "r", "u", "uj", "ul", "uv", "uz", "ud", "ug", "y", "t", "m", "ad", "z",
    "i", "l",
]);

/// Organisations of the dictionary that are not one organisation.
static COMMON: List = List::of(&[
    "人民代表大会",
    "全国代表大会",
    "人民代表大会常务委员会",
    "中央委员会",
    "法律委员会",
    "财经委员会",
    "社会保障部",
    "国家森林公园",
    "全国三八红旗手",
    "文理学院",
    "理工学院",
    "高级中学",
    "革命委员会",
    "执行委员会",
    "居民委员会",
    "村民委员会",
    "国家电视台",
    "北京人民大会堂",
    "人民大会堂",
    "驻澳门部队",
    "驻港部队",
]);

/// Verbs that end like organisations.
static VERBAL: List = List::of(&[
    "举办", "主办", "承办", "创办", "开办", "督办", "协办", "包办", "交办", "查办", "兴办", "申办", "筹办",
    "合办",
]);

/// Words that end like organisations and are none.
static GENERIC: List = List::of(&[
    "常委",
    "政委",
    "编委",
    "评委",
    "举办",
    "主办",
    "承办",
    "创办",
    "开办",
    "督办",
    "协办",
    "包办",
    "交办",
    "查办",
    "兴办",
    "申办",
    "筹办",
    "联办",
    "合办",
    "代办",
    "结局",
    "布局",
    "格局",
    "全局",
    "大局",
    "开局",
    "当局",
    "僵局",
    "时局",
    "政局",
    "棋局",
    "饭局",
    "变局",
    "破局",
    "残局",
    "餐厅",
    "客厅",
    "大厅",
    "舞厅",
    "歌厅",
    "门厅",
    "展厅",
    "工厂",
    "电厂",
    "办厂",
    "建厂",
    "出厂",
    "委",
    "办",
    "委员",
    "原委",
    "各部委",
    "部委",
    "党委",
    "村两委",
    "出版社",
    "大队",
    "法院",
    "银行",
    "大学",
    "医院",
]);

/// Verbs of the trades of organisations.
static TRADES: List = List::of(&[
    "运输",
    "建设",
    "发展",
    "投资",
    "管理",
    "服务",
    "开发",
    "检测",
    "检验",
    "监督",
    "监察",
    "监管",
    "执法",
    "设计",
    "出版",
    "制造",
    "研究",
    "教育",
    "保护",
    "规划",
    "勘察",
    "保障",
    "审计",
    "统计",
    "救援",
    "救助",
    "指导",
    "培训",
    "评估",
    "控股",
    "储备",
    "采购",
    "广播",
    "传播",
    "改革",
    "动员",
    "合作",
    "协商",
    "仲裁",
    "调查",
    "监测",
    "预防",
    "控制",
    "防治",
    "疾控",
    "防控",
    "组织",
    "宣传",
    "贸易",
    "流通",
    "交易",
    "结算",
    "清算",
    "担保",
    "保险",
    "租赁",
    "装饰",
    "印刷",
    "包装",
    "种植",
    "养殖",
    "加工",
    "销售",
    "咨询",
    "策划",
    "综合",
    "健康",
    "信访",
    "安置",
    "移动",
    "联通",
    "扶贫",
    "统战",
    "领导",
    "工作",
    "应急",
    "公积金",
    "开放",
    "创新",
    "创业",
    "治理",
    "测绘",
    "勘探",
    "航运",
    "生产",
    "经营",
    "供应",
    "供水",
    "供电",
    "供热",
    "排水",
    "修理",
    "维修",
    "旅行",
    "旅游",
    "翻译",
    "鉴定",
    "认证",
    "考试",
    "评价",
    "交流",
    "促进",
    "协调",
    "联合",
    "执行",
    "指挥",
    "巡察",
    "巡视",
    "督查",
    "安全",
    "卫生",
    "老干部",
    "联络",
    "接待",
    "服务业",
    "代表",
    "常务",
]);

/// Adds the organisations of the text to `found`.
pub(super) fn organizations(words: &Words<'_>, found: &mut Vec<Mention>) {
    for last in 0..words.words.len() {
        if !words.is_han(last)
            || words.kind(last) == Some(EntityKind::Person)
            || VERBAL.contains(words.word(last))
        {
            continue;
        }
        if let Some(first) = first_word(words, last) {
            found.push(Mention { span: words.span(first, last), kind: EntityKind::Organization });
        }
    }
}

/// The first word of the organisation that ends with word `last`, if one does.
fn first_word(words: &Words<'_>, last: usize) -> Option<usize> {
    let text = words.word(last);
    if GENERIC.contains(text) && HEADS.words().all(|it| it != text) {
        return None;
    }
    let whole = words.tag(last) == "nt" && text.chars().count() > 4 && !COMMON.contains(text);
    let head = ending(text).map(|it| *HEADS.at(usize::from(it) - 1));
    let reach = head.map_or(last, |_| reach(words, last));
    let noun = words.tag(last) == "n" && head.is_some_and(|it| it.1 == Institute);
    let inside = head.is_some_and(|it| it.0.len() < text.len()) && !noun;
    if let Some((_, head)) = head {
        for first in reach..last {
            if starts(words, first, last, head) && (inside || enough(head, words, first, last)) {
                return Some(words.names[first].map_or(first, |it| it.first));
            }
        }
    }
    (ALONE.contains(text) || whole && !super::place::is_landmark(text)).then_some(last)
}

/// Whether enough stands between word `first`, which starts the name, and word `last`, which is the ending alone.
fn enough(head: Head, words: &Words<'_>, first: usize, last: usize) -> bool {
    let between = (first + 1..last).any(|it| words.names[it].is_none());
    match head {
        Government => true,
        Company => between || !is_region(words, first) || words.kind(first) == Some(EntityKind::Place),
        Public | Institute => between,
        Branch => first + 1 == last,
    }
}

/// The leftmost word that can belong to the organisation that ends with word `last`.
fn reach(words: &Words<'_>, last: usize) -> usize {
    let mut first = last;
    let mut chars = 0;
    while first > 0 {
        let before = first - 1;
        let word = words.word(before);
        chars += word.chars().count();
        if !words.is_han(before) || chars > 24 || stops(words, before) {
            break;
        }
        first = before;
    }
    first
}

/// `name` without its 公司, 有限公司 …; `None` for what is no company.
pub(super) fn company(name: &str) -> Option<&str> {
    let (head, _) = *HEADS.at(usize::from(ending(name)?) - 1);
    head.ends_with("公司").then(|| name.strip_suffix(head)).flatten()
}

/// Which of [`HEADS`] `word` ends with, counted from 1.
pub(super) fn ending(word: &str) -> Option<u8> {
    HEADS.suffix_of(word).map(|it| it as u8 + 1)
}

/// Whether an organisation's name cannot go on to the left across word `index`.
pub(super) fn stops(words: &Words<'_>, index: usize) -> bool {
    let word = words.word(index);
    if words.kind(index) == Some(EntityKind::Person) || super::post::is_post(word) {
        return true;
    }
    if words.kind(index).is_some() || NATIONAL.contains(word) || TRADES.contains(word) {
        return false;
    }
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(char), None) => STOPS.contains(char),
        _ => words.is_tagged(index, PARTING),
    }
}

/// Whether word `first` can start the organisation of that ending.
fn starts(words: &Words<'_>, first: usize, last: usize, head: Head) -> bool {
    if is_region(words, first) {
        return true;
    }
    let word = words.word(first);
    if ALONE.contains(word) || word.chars().count() > 1 && NATIONAL.contains(word) && words.tag(first) != "n"
    {
        return true;
    }
    if head != Company {
        return false;
    }
    // A brand: rare words only, and what follows up to the ending is its trade.
    let single = word.chars().count() == 1;
    let rare = words.words[first].frequency < 200 || matches!(words.tag(first), "nz" | "nr" | "nrt" | "ns");
    let second_single = words.word(first + 1).chars().count() == 1 && first + 1 < last;
    if single { second_single } else { rare }
}

/// Whether word `index` names or stands for the region of an organisation.
fn is_region(words: &Words<'_>, index: usize) -> bool {
    if words.kind(index) == Some(EntityKind::Place) {
        return true;
    }
    let before = index.checked_sub(1).map_or("", |it| words.word(it));
    REGIONS.contains(words.word(index)) && !SPOKEN.contains(before)
        || words.word(index) == "国家"
        || words.word(index) == "省市"
}
