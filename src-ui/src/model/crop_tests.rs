//! Whatever a person does with the picture, the circle stays inside it, and what is sent is what is seen.

use super::*;

fn picture(width: u32, height: u32) -> ChosenPicture {
    let most_zoom = (f64::from(width.min(height)) / 64.0).clamp(1.0, 8.0);
    ChosenPicture { id: "1".into(), url: String::new(), width, height, most_zoom }
}

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as f64 / f64::from(1_u32 << 31)
    }

    fn action(&mut self) -> Action {
        let mut around = |by: f64| (self.roll() - 0.5) * by;
        match (around(10.0) + 5.0) as u32 {
            0..=3 => Action::Move(around(3.0), around(3.0)),
            4 | 5 => Action::Zoom((around(2.0)).exp(), (around(1.0), around(1.0))),
            6 => Action::Slide(around(300.0)),
            7 => Action::Turn,
            8 => of_key(
                ["ArrowLeft", "ArrowDown", "+", "-", "r"][(around(4.9) + 2.5) as usize],
                around(1.0) > 0.0,
            )
            .unwrap(),
            _ => Action::Reset,
        }
    }
}

/// Where SVG shows a point of the picture, by what stands in the attribute.
fn shown(transform: &str, (x, y): (f64, f64)) -> (f64, f64) {
    let numbers: Vec<f64> = transform
        .split(|c: char| !(c.is_ascii_digit() || ".-".contains(c)))
        .filter_map(|number| number.parse().ok())
        .collect();
    let [degrees, scale, right, down] = numbers[..] else { panic!("{transform}") };
    let (x, y) = ((x + right) * scale, (y + down) * scale);
    let (sine, cosine) = degrees.to_radians().sin_cos();
    (x * cosine - y * sine, x * sine + y * cosine)
}

/// Where the backend finds a point of what it keeps, in the upright picture: by the contract's words.
fn kept(crop: Crop, (width, height): (f64, f64), (right, down): (f64, f64)) -> (f64, f64) {
    let side = crop.side * width.min(height);
    let (mut x, mut y) = (right * side, down * side);
    for _ in 0..crop.quarter_turns {
        // Back, against the clock.
        (x, y) = (y, -x);
    }
    (crop.x * width + x, crop.y * height + y)
}

#[test]
fn after_anything_that_a_person_does_the_circle_is_inside_and_what_is_sent_is_what_is_seen() {
    let mut dice = Dice(7);
    for size in [(4000, 3000), (3000, 4000), (512, 512), (40, 60), (8192, 64), (1, 1), (8191, 1)] {
        let picture = picture(size.0, size.1);
        let mut view = View::of(&picture);
        for step in 0..3_000 {
            let action = dice.action();
            view = view.on(action);

            let crop = view.crop();
            let (width, height) = view.size();
            let half = crop.side * width.min(height) / 2.0;
            let told = format!("{size:?}, step {step}, {action:?}: {crop:?}");
            let rounding = width.max(height) * 1e-9;
            assert!(crop.x * width >= half - rounding && crop.x * width <= width - half + rounding, "{told}");
            assert!(
                crop.y * height >= half - rounding && crop.y * height <= height - half + rounding,
                "{told}"
            );
            assert!(crop.side <= 1.0 && crop.side * picture.most_zoom >= 1.0 - 1e-9, "{told}");
            assert!(crop.quarter_turns < 4, "{told}");
            for point in [(0.0, 0.0), (0.5, 0.0), (0.0, -0.5), (-0.3, 0.2), (0.35, 0.35)] {
                let (x, y) = shown(&view.transform(200.0), kept(crop, view.size(), point));
                let off = (x - point.0 * 200.0).hypot(y - point.1 * 200.0);
                assert!(off < 1e-3, "{told}: {point:?} is seen at {x},{y}");
            }
        }
    }
}

#[test]
fn at_first_the_middle_is_seen_as_large_as_the_circle_allows() {
    let view = View::of(&picture(4000, 3000));

    assert_eq!(view.crop(), Crop { x: 0.5, y: 0.5, side: 1.0, quarter_turns: 0 });
    assert_eq!((view.percent(), view.degrees(), view.place()), (100, 0, (50, 50)));
    let moved = [Action::Slide(60.0), Action::Turn, Action::Move(0.1, 0.3)].into_iter().fold(view, View::on);
    assert_ne!(moved, view);
    assert_eq!(moved.on(Action::Reset), view);
}

#[test]
fn the_picture_goes_where_it_is_pushed_however_it_is_turned() {
    for turns in 0..4 {
        let turned = (0..turns)
            .fold(View::of(&picture(4000, 3000)).on(Action::Slide(80.0)), |view, _| view.on(Action::Turn));
        let point = (2000.0, 1500.0);
        let before = shown(&turned.transform(100.0), point);

        let after = shown(&turned.on(Action::Move(0.2, -0.1)).transform(100.0), point);

        assert!((after.0 - before.0 - 20.0).abs() < 1e-6, "{turns}: {before:?} {after:?}");
        assert!((after.1 - before.1 + 10.0).abs() < 1e-6, "{turns}: {before:?} {after:?}");
    }
}

#[test]
fn what_is_under_the_pointer_stays_there_while_the_picture_grows() {
    let view = View::of(&picture(4000, 3000)).on(Action::Slide(30.0)).on(Action::Turn);
    let at = (0.2, -0.15);
    let under = kept(view.crop(), view.size(), at);

    let larger = view.on(of_wheel(-1.0, at).unwrap());

    let (x, y) = shown(&larger.transform(100.0), under);
    assert!((x - 100.0 * at.0).abs() < 1e-3 && (y - 100.0 * at.1).abs() < 1e-3, "{x} {y}");
    assert!(larger.percent() > view.percent());
    assert_eq!(of_wheel(0.0, at), None);
}

#[test]
fn a_turn_keeps_what_is_in_the_circle_and_four_turns_change_nothing() {
    let view = View::of(&picture(900, 700)).on(Action::Slide(50.0)).on(Action::Move(0.4, 0.2));
    let turned = view.on(Action::Turn);

    assert_eq!(Crop { quarter_turns: 0, ..turned.crop() }, view.crop());
    assert_eq!(turned.degrees(), 90);
    assert_eq!(turned.on(Action::Turn).on(Action::Turn).on(Action::Turn), view);
}

#[test]
fn the_slider_stands_where_it_was_put_and_a_small_picture_has_none() {
    let view = View::of(&picture(4000, 3000));
    for step in [0.0, 25.0, 50.0, 100.0] {
        assert!((view.on(Action::Slide(step)).slider() - step).abs() < 1e-9);
    }
    assert_eq!(view.on(Action::Slide(100.0)).percent(), 800);
    assert_eq!(view.on(Action::Slide(f64::NAN)), view);
    let small = View::of(&picture(40, 60));
    assert!(!small.can_zoom());
    assert_eq!(small.on(Action::Slide(100.0)).percent(), 100);
}

#[test]
fn shift_moves_further_and_other_keys_do_nothing() {
    assert_eq!(of_key("ArrowLeft", false), Some(Action::Move(-0.02, 0.0)));
    assert_eq!(of_key("ArrowLeft", true), Some(Action::Move(-0.1, 0.0)));
    assert_eq!(of_key("Enter", false), None);
    assert_eq!(of_key("Tab", true), None);
}

#[test]
fn one_finger_moves_and_two_make_larger() {
    let mut hold = Hold::default();
    assert!(hold.moved(1, (0.3, 0.3)).is_empty(), "nobody holds it");
    hold.begin(1, (0.0, 0.0));
    assert_eq!(hold.moved(1, (0.1, 0.2)), [Action::Move(0.1, 0.2)]);

    hold.begin(2, (0.1, 0.4));
    hold.begin(3, (0.5, 0.5));
    assert!(hold.moved(3, (0.6, 0.5)).is_empty());
    let actions = hold.moved(2, (0.1, 0.6));
    let [Action::Move(..), Action::Zoom(factor, (_, y))] = actions[..] else { panic!("{actions:?}") };
    assert!((factor - 2.0).abs() < 1e-9 && (y - 0.4).abs() < 1e-9);

    hold.end(1);
    assert_eq!(hold.moved(2, (0.1, 0.7)).len(), 1);
    hold.end(2);
    assert!(hold.moved(2, (0.2, 0.7)).is_empty());
}
