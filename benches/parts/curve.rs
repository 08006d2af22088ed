//! The picture of the curve: time over size, both axes logarithmic.

use super::Row;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 50.0;
const BYTES: [f64; 2] = [1e4, 3e8];
const MILLISECONDS: [f64; 2] = [0.1, 10_000.0];

/// An SVG of `rows`, beside what re-reads the whole text at each key (autocorrect 2.14.0).
pub(crate) fn svg(rows: &[Row]) -> String {
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>
<text x="{LEFT}" y="18" font-size="14">key → diagnostics, by size of the document</text>
"##
    );
    for (bytes, name) in [(1e4, "10 KB"), (1e5, "100 KB"), (1e6, "1 MB"), (1e7, "10 MB"), (1e8, "100 MB")] {
        let x = x(bytes);
        svg += &format!(
            r##"<path d="M{x:.1} {TOP}V{:.1}" stroke="#ddd"/><text x="{x:.1}" y="{:.1}" text-anchor="middle">{name}</text>
"##,
            HEIGHT - BOTTOM,
            HEIGHT - BOTTOM + 18.0
        );
    }
    for (time, name) in [
        (0.1, "0.1 ms"),
        (1.0, "1 ms"),
        (10.0, "10 ms"),
        (100.0, "100 ms"),
        (1000.0, "1 s"),
        (10_000.0, "10 s"),
    ] {
        let y = y(time);
        svg += &format!(
            r##"<path d="M{LEFT} {y:.1}H{:.1}" stroke="#ddd"/><text x="{:.1}" y="{:.1}" text-anchor="end">{name}</text>
"##,
            WIDTH - RIGHT,
            LEFT - 6.0,
            y + 4.0
        );
    }
    let peer = [(21_682.0, 5.3), (216_820.0, 77.0), (433_640.0, 149.0)];
    let line = |of: fn(&Row) -> f64| rows.iter().map(|it| (it.bytes as f64, of(it))).collect::<Vec<_>>();
    for (points, color, dash, name) in [
        (line(|it| it.p50), "#0a6", "", "p50"),
        (line(|it| it.p95), "#0a6", "4 3", "p95"),
        (line(|it| it.first), "#36c", "", "open → first diagnostics"),
        (peer.to_vec(), "#c33", "", "autocorrect p50"),
    ] {
        let path: Vec<String> = points.iter().map(|it| format!("{:.1} {:.1}", x(it.0), y(it.1))).collect();
        let Some(last) = points.last() else { continue };
        svg += &format!(
            r##"<path d="M{}" fill="none" stroke="{color}" stroke-width="2" stroke-dasharray="{dash}"/><text x="{:.1}" y="{:.1}" fill="{color}" text-anchor="end">{name}</text>
"##,
            path.join("L"),
            x(last.0),
            y(last.1) - 8.0
        );
    }
    svg + "</svg>\n"
}

fn share(value: f64, [from, to]: [f64; 2]) -> f64 {
    (value.ln() - from.ln()) / (to.ln() - from.ln())
}

fn x(bytes: f64) -> f64 {
    LEFT + share(bytes, BYTES) * (WIDTH - LEFT - RIGHT)
}

fn y(milliseconds: f64) -> f64 {
    HEIGHT - BOTTOM - share(milliseconds, MILLISECONDS).clamp(0.0, 1.0) * (HEIGHT - TOP - BOTTOM)
}
