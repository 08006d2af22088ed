//! Radical code points that PDF fonts leave in place of the ideograph: `⼈` U+2F08 for `人`.
//!
//! The Kangxi radicals and the compatibility ideographs have Unicode decompositions; the CJK Radicals Supplement
//! (U+2E80) has none, so both blocks are listed here by hand, each radical beside the ideograph it is read as.

/// U+2E81…U+2EF3 beside the ideographs they are read as. Where the radical has a simplified form, its own.
const SUPPLEMENT: (&str, &str) = (
    "⺁⺅⺆⺉⺋⺎⺏⺒⺓⺔⺕⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺲⺷⺸⺹⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻲⻳",
    "厂亻冂刂㔾兀尣巳幺彑彐忄㣺扌攵旡月歺母民氵氺灬爫丬牛犭王疋目示礻竹糹纟罒羊羊耂月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙亀龟",
);

/// The ideographs of U+2F00…U+2FD5, in order.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The ideograph that a radical code point is read as; any other character itself. O(1) for what is no radical.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{2F00}'..='\u{2FD5}' => KANGXI.chars().nth(c as usize - 0x2F00).unwrap_or(c),
        '\u{2E80}'..='\u{2EFF}' => {
            let (from, to) = SUPPLEMENT;
            from.chars().zip(to.chars()).find(|it| it.0 == c).map_or(c, |it| it.1)
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_blocks_fold_to_the_ideograph() {
        for (radical, ideograph) in
            [('⼈', '人'), ('⼀', '一'), ('⻓', '长'), ('⺠', '民'), ('⿕', '龠'), ('⻳', '龟'), ('⼭', '山')]
        {
            assert_eq!(fold(radical), ideograph);
        }
    }

    #[test]
    fn ideographs_and_description_characters_stay() {
        for c in ['人', '⿰', 'a', '，'] {
            assert_eq!(fold(c), c);
        }
    }

    #[test]
    fn the_tables_are_complete() {
        assert_eq!(KANGXI.chars().count(), 0x2FD5 - 0x2F00 + 1);
        assert_eq!(SUPPLEMENT.0.chars().count(), SUPPLEMENT.1.chars().count());
    }
}
