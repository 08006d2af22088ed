//! From decisions and whether they were right to how far their probabilities can be trusted.

/// Pools neighbouring decisions until the share of right ones rises with the tagger's own probability.
pub(crate) fn knots(found: &[(f32, bool)]) -> Vec<(f32, f32)> {
    let mut pools: Vec<(f64, f64, f64)> = Vec::new();
    let size = (found.len() / 24).max(40);
    for chunk in found.chunks(size) {
        let n = chunk.len() as f64;
        let right = chunk.iter().filter(|it| it.1).count() as f64;
        pools.push((chunk.iter().map(|it| f64::from(it.0)).sum(), right, n));
        while let [.., a, b] = pools[..]
            && a.1 / a.2 >= b.1 / b.2
        {
            pools.pop();
            pools.pop();
            pools.push((a.0 + b.0, a.1 + b.1, a.2 + b.2));
        }
    }
    let odds = |p: f64| {
        let p = p.clamp(1e-6, 1.0 - 1e-6);
        (p / (1.0 - p)).ln() as f32
    };
    // What few decisions show is not trusted to the full: the lower end of Wilson's interval at one deviation.
    let lower = |right: f64, n: f64| {
        let p = right / n;
        (p + 0.5 / n - (p * (1.0 - p) / n + 0.25 / (n * n)).sqrt()) / (1.0 + 1.0 / n)
    };
    pools.iter().map(|it| (odds(it.0 / it.2), odds(lower(it.1, it.2)))).collect()
}
