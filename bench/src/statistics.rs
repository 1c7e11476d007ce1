//! What many measurements of one thing say together.

/// The middle of some values and where most of them lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Summary {
    /// Half of the values are not larger.
    pub(crate) median: f64,
    /// A quarter of them is not larger.
    pub(crate) lower: f64,
    /// A quarter of them is not smaller.
    pub(crate) upper: f64,
    /// The smallest.
    pub(crate) least: f64,
    /// The largest.
    pub(crate) most: f64,
}

impl Summary {
    /// Of these values; `None` of no value.
    pub(crate) fn of(values: &[f64]) -> Option<Self> {
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        let (least, most) = (*values.first()?, *values.last()?);
        let at = |part: f64| quantile(&values, part);
        Some(Self { median: at(0.5), lower: at(0.25), upper: at(0.75), least, most })
    }
}

/// The value below which a part of the sorted values lies, between two of them where it falls between two.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn quantile(values: &[f64], part: f64) -> f64 {
    let place = part * (values.len() - 1) as f64;
    let (below, above) = (values[place.floor() as usize], values[place.ceil() as usize]);
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_quarters_do_not_depend_on_the_order() {
        let summary = Summary::of(&[5.0, 1.0, 4.0, 2.0, 3.0]).expect("five values");

        assert_eq!(summary, Summary { median: 3.0, lower: 2.0, upper: 4.0, least: 1.0, most: 5.0 });
        assert_eq!(Summary::of(&[1.0, 2.0]).expect("two values").median, 1.5);
        assert_eq!(Summary::of(&[7.0]).expect("one value").lower, 7.0);
        assert_eq!(Summary::of(&[]), None);
    }
}
