//! Pieces that pages are made of. They show what they are given; they ask the backend nothing.

pub(crate) mod avatar;
pub(crate) mod banner;
pub(crate) mod brand;
pub(crate) mod button;
pub(crate) mod choice;
pub(crate) mod command_menu;
pub(crate) mod dialog;
pub(crate) mod disclosure;
pub(crate) mod field;
pub(crate) mod icon;
pub(crate) mod isolated;
pub(crate) mod keys;
pub(crate) mod page_title;
pub(crate) mod password;
pub(crate) mod password_fields;
pub(crate) mod person_card;
pub(crate) mod qr;
pub(crate) mod row;
pub(crate) mod select;
pub(crate) mod skeleton;
pub(crate) mod switch;
pub(crate) mod tabs;
