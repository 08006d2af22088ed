//! The texts that are typed into.

/// The seed page.
const PAGE: &str = include_str!("../../seeds/jiaozuo-daily-2020-02.txt");

/// The seed page, `times` over.
pub(crate) fn repeated(times: usize) -> String {
    PAGE.repeat(times)
}

/// About as much text as the seed page `times` over, no two pages alike: its paragraphs in another order on each
/// page, set anew in columns of 11 to 22 characters, with other digits.
pub(crate) fn generated(times: usize) -> String {
    let blocks: Vec<String> = PAGE.split("\n\n").map(|it| it.split('\n').collect()).collect();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut text = String::with_capacity(PAGE.len() * (times + 1));
    while text.len() < PAGE.len() * times {
        let width = 11 + random.below(12);
        for _ in 0..blocks.len() {
            let block = &blocks[random.below(blocks.len())];
            for (at, char) in block.chars().enumerate() {
                if at > 0 && at % width == 0 {
                    text.push('\n');
                }
                match char {
                    '1'..='9' => text.push(char::from(b'1' + random.below(9) as u8)),
                    _ => text.push(char),
                }
            }
            text.push_str("\n\n");
        }
    }
    text
}

/// A xorshift generator: the same pages on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % end
    }
}
