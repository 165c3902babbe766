//! Days of the week, which say nothing beside a date: `Monday, January 1, 2024`, `lun. 1 janv. 2024`, `2024年1月1日(月)`.

use std::collections::HashSet;
use std::sync::LazyLock;

/// [`NAMES`] one by one.
static WEEKDAYS: LazyLock<HashSet<&str>> = LazyLock::new(|| NAMES.split_whitespace().collect());

/// Their names and abbreviations, in lower case without a final point.
const NAMES: &str = "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun \
    lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim \
    montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so \
    lunes martes miércoles miercoles mié mie jueves jue viernes vie sábado sabado sáb sab domingo dom \
    segunda segunda-feira seg terça terça-feira ter quarta quarta-feira qua quinta quinta-feira qui sexta sexta-feira sex \
    lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi gio venerdì venerdi sabato domenica \
    maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za zondag zo \
    måndag mån tisdag tis onsdag ons torsdag tors tor fredag fre lördag lör söndag sön mandag tirsdag tir lørdag søndag \
    poniedziałek pon wtorek wt środa śr czwartek czw piątek pt sobota sob niedziela niedz \
    pondělí po úterý út středa st čtvrtek čt pátek pá neděle ne \
    pazartesi salı çarşamba perşembe cuma cumartesi pazar \
    月 火 水 木 金 土 日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 월 화 수 목 금 토 일 \
    星期一 星期二 星期三 星期四 星期五 星期六 星期日 周一 周二 周三 周四 周五 周六 周日";

/// A text without the day of the week before or behind it.
pub(super) fn without_weekday(text: &str) -> Option<&str> {
    let edge = [' ', ',', '.', '(', ')', '（', '）'];
    let is_weekday = |word: &str| WEEKDAYS.contains(word.trim_matches(edge).to_lowercase().as_str());
    let before = text.split_once([' ', ',']).filter(|(word, _)| is_weekday(word)).map(|(_, rest)| rest);
    let behind = || text.rsplit_once([' ', ',', '(', '（']).filter(|(_, word)| is_weekday(word)).map(|(rest, _)| rest);
    before.or_else(behind).map(|rest| rest.trim_matches(edge))
}
