//! Parts of a day: 上午, 傍晚, 深夜.

/// A part of a day; its hours as wide as the word is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Daypart {
    /// 午夜 子夜, 0–1.
    Midnight,
    /// 凌晨 半夜, 0–5.
    SmallHours,
    /// 后半夜 下半夜, 2–5.
    BeforeDawn,
    /// 黎明 拂晓, 4–7.
    Dawn,
    /// 清晨, 5–8.
    FirstLight,
    /// 早晨 早上 早间 早, 6–10.
    EarlyMorning,
    /// 白天, 6–19.
    Daytime,
    /// 上午, 7–12.
    Morning,
    /// 中午 正午, 12–14.
    Noon,
    /// 午后, 13–15.
    EarlyAfternoon,
    /// 下午, 13–18.
    Afternoon,
    /// 傍晚 黄昏, 17–19.
    Dusk,
    /// 晚上 晚, 18–24.
    Evening,
    /// 晚间 夜间, 20–24.
    LateEvening,
    /// 深夜, 23–24.
    Night,
    /// 全天, 0–24.
    WholeDay,
}

impl Daypart {
    /// Its hours, from and to.
    pub fn hours(self) -> (u8, u8) {
        match self {
            Daypart::Midnight => (0, 1),
            Daypart::SmallHours => (0, 5),
            Daypart::BeforeDawn => (2, 5),
            Daypart::Dawn => (4, 7),
            Daypart::FirstLight => (5, 8),
            Daypart::EarlyMorning => (6, 10),
            Daypart::Daytime => (6, 19),
            Daypart::Morning => (7, 12),
            Daypart::Noon => (12, 14),
            Daypart::EarlyAfternoon => (13, 15),
            Daypart::Afternoon => (13, 18),
            Daypart::Dusk => (17, 19),
            Daypart::Evening => (18, 24),
            Daypart::LateEvening => (20, 24),
            Daypart::Night => (23, 24),
            Daypart::WholeDay => (0, 24),
        }
    }
}
