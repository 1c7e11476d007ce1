//! Colours as the stylesheets write them, worked out for one theme: `#rrggbb`, `white`, `var(--name)`,
//! `light-dark(..)`, `color-mix(in oklab, ..)` and `oklch(from ..)` (CSS Color 4 and 5). What lies outside of sRGB is cut
//! at its edge, as WebKit does.

use super::sheet::Tokens;

/// One of the two themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// Linear sRGB, each part from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour([f64; 3]);

impl Colour {
    /// The colour that `#rrggbb` names.
    fn of_hex(hex: &str) -> Option<Self> {
        let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let part = |at: usize| {
            let byte = u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
            Some(to_linear(f64::from(byte) / 255.0))
        };
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// The contrast with another colour, from 1 to 21 (WCAG 2.2).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0;
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn oklab(self) -> [f64; 3] {
        let [red, green, blue] = self.0;
        let long = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let middle = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let short = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        [
            0.210_454_255_3 * long + 0.793_617_785_0 * middle - 0.004_072_046_8 * short,
            1.977_998_495_1 * long - 2.428_592_205_0 * middle + 0.450_593_709_9 * short,
            0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766_0 * short,
        ]
    }

    fn of_oklab([lightness, a, b]: [f64; 3]) -> Self {
        let long = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let middle = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let short = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        let parts = [
            4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
        ];
        Self(parts.map(|part| part.clamp(0.0, 1.0)))
    }
}

fn to_linear(part: f64) -> f64 {
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

/// The colour that a value of a stylesheet means in this theme; `None` where it is no colour that is known here.
#[must_use]
pub fn colour(value: &str, tokens: &Tokens, theme: Theme) -> Option<Colour> {
    let value = value.trim();
    if let Some(inside) = call(value, "light-dark") {
        let (light, dark) = pair(inside)?;
        return colour(if theme == Theme::Light { light } else { dark }, tokens, theme);
    }
    if let Some(inside) = call(value, "var") {
        return colour(tokens.get(inside.trim())?, tokens, theme);
    }
    if let Some(inside) = call(value, "color-mix") {
        let (first, second) = pair(inside.trim().strip_prefix("in oklab,")?)?;
        let (first, share) = first.trim().rsplit_once(' ')?;
        let share = share.strip_suffix('%')?.parse::<f64>().ok()? / 100.0;
        let (first, second) = (colour(first, tokens, theme)?.oklab(), colour(second, tokens, theme)?.oklab());
        let mixed = std::array::from_fn(|at| first[at] * share + second[at] * (1.0 - share));
        return Some(Colour::of_oklab(mixed));
    }
    if let Some(inside) = call(value, "oklch") {
        let parts = split(inside.trim().strip_prefix("from ")?, ' ');
        let [origin, lightness, chroma, "h"] = parts[..] else { return None };
        let [from_lightness, a, b] = colour(origin, tokens, theme)?.oklab();
        let from = Channels { l: from_lightness, c: a.hypot(b) };
        let lightness = from.number(lightness)?.clamp(0.0, 1.0);
        let chroma = from.number(chroma)?.max(0.0);
        let (sine, cosine) = b.atan2(a).sin_cos();
        return Some(Colour::of_oklab([lightness, chroma * cosine, chroma * sine]));
    }
    if value == "white" { Colour::of_hex("#ffffff") } else { Colour::of_hex(value) }
}

/// What `l` and `c` stand for in `oklch(from ..)`.
#[derive(Clone, Copy)]
struct Channels {
    l: f64,
    c: f64,
}

impl Channels {
    /// A number, a channel, `min(.., ..)`, `max(.., ..)` or `calc(.. + ..)` with one of `+`, `-` and `*`.
    fn number(self, text: &str) -> Option<f64> {
        let text = text.trim();
        let two = |inside: &str| {
            let (one, two) = pair(inside)?;
            Some((self.number(one)?, self.number(two)?))
        };
        if let Some(inside) = call(text, "min") {
            return two(inside).map(|(one, two)| one.min(two));
        }
        if let Some(inside) = call(text, "max") {
            return two(inside).map(|(one, two)| one.max(two));
        }
        if let Some(inside) = call(text, "calc") {
            let [one, sign, two] = split(inside, ' ')[..] else { return None };
            let (one, two) = (self.number(one)?, self.number(two)?);
            return match sign {
                "+" => Some(one + two),
                "-" => Some(one - two),
                "*" => Some(one * two),
                _ => None,
            };
        }
        match text {
            "l" => Some(self.l),
            "c" => Some(self.c),
            number => number.parse().ok(),
        }
    }
}

/// What stands between the brackets of `name(..)`, where the value is nothing else.
fn call<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    value.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')
}

/// The two arguments.
fn pair(inside: &str) -> Option<(&str, &str)> {
    let [one, two] = split(inside, ',')[..] else { return None };
    Some((one, two))
}

/// The parts between these signs, those within brackets left alone.
fn split(text: &str, sign: char) -> Vec<&str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0_usize, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if letter == sign && depth == 0 => {
                parts.push(text[from..at].trim());
                from = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

#[test]
fn colours_are_worked_out_as_a_browser_does() {
    let tokens = Tokens::read(":root { --a: #0b6b5c; --b: light-dark(var(--a), white); }");
    let of = |value: &str, theme| colour(value, &tokens, theme);
    let near = |one: Option<Colour>, two: Option<Colour>| {
        let (Some(one), Some(two)) = (one, two) else { return false };
        one.0.iter().zip(two.0).all(|(one, two)| (one - two).abs() < 0.004)
    };

    assert_eq!(of("var(--b)", Theme::Light), of("#0b6b5c", Theme::Light));
    assert_eq!(of("var(--b)", Theme::Dark), of("white", Theme::Dark));
    assert!(near(of("oklch(from var(--a) l c h)", Theme::Light), of("#0b6b5c", Theme::Light)));
    // From the examples of CSS Color 4: half of white and black in Oklab is #636363.
    assert!(near(of("color-mix(in oklab, white 50%, #000000)", Theme::Light), of("#636363", Theme::Light)));
    assert!(near(
        of("oklch(from #ff0000 min(l, calc(0.3 * 1)) 0 h)", Theme::Light),
        of("#2e2e2e", Theme::Light)
    ));
    assert_eq!(of("rebeccapurple", Theme::Light), None);
    assert_eq!(of("oklch(from var(--none) l c h)", Theme::Light), None);
}

#[test]
fn black_on_white_has_the_most_contrast() {
    let (black, white) = (Colour::of_hex("#000000").unwrap(), Colour::of_hex("#ffffff").unwrap());

    assert!((black.contrast(white) - 21.0).abs() < 1e-9);
    assert!((white.contrast(white) - 1.0).abs() < 1e-9);
}
