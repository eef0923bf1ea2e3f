"""The papers of a Bimtek as files made on demand: report, attendance lists, scores, a speaker's result, test on paper."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from data_access.commands import trail
from data_access.engine import reading, writing
from data_access.queries import events as queries
from data_access.workbooks.table import table_workbook
from domain import figures, personal
from domain.errors import NotFound
from domain.filenames import dated
from domain.forms.definition import public
from domain.permissions import Actor, Permission, require
from reports import bimtek, bimtek_sheets, pdf, word
from reports.model import Report
from services import bimtek_facts as facts
from services import bimtek_findings as findings
from services import clock, downloads, live, results, sentences
from services.bimtek_facts import Stored, words

Row = dict[str, Any]
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# --- the report ------------------------------------------------------------------------------------------------------


def report_data(by: Actor, event_id: int) -> Row:
    """Everything that the report prints, as texts; names and lists of persons only for those who may see them."""
    require(by, Permission.VIEW_RESULTS)
    found, evaluated = facts.stored(by, event_id), results.results(by, event_id)
    counts, say = evaluated.counts, words()["laporan"]
    told = {"orang": counts.people, "instansi": counts.institutions, "lks": counts.lks}
    called = {id: person.institution for id, person in evaluated.people.items()}
    test = findings.test(evaluated)
    return {
        "kegiatan": facts.head(found),
        "tentang": facts.about(found),
        "peserta": {
            "kalimat": say["peserta_isi"].format(**told) if counts.people else "",
            "jenis": facts.kinds(found.people),
            "instansi": facts.institutions(found, called) if evaluated.named else None,
        },
        "jadwal": facts.timetable(found),
        "jp": facts.total_jp(found),
        "kehadiran": findings.attendance(evaluated),
        "tes": None if test is None else test | {"minimum": results.LEAST_SHOWN},
        "kompetensi": findings.competence(evaluated),
        "skala": [findings.scale(evaluated, form) for form in evaluated.scales],
        "saran": [[_about(one), one.text] for one in evaluated.comments],
        "kesimpulan": findings.conclusions(evaluated),
        "rekomendasi": findings.advice(evaluated),
        "rtl": facts.plans(found, evaluated.named),
        "hadir": facts.present(found, called) if evaluated.named else None,
        "nilai": _scores(found, evaluated),
    }


def _about(comment: results.Comment) -> str:
    shown = comment.about and comment.about not in comment.form
    return f"{comment.form} · {comment.about}" if shown else comment.form


def _scores(found: Stored, evaluated: results.Results) -> Row:
    rows = findings.scores(evaluated, found.people)
    return {
        "baris": None if rows is None else findings.score_cells(rows),
        "batas": sentences.plain(evaluated.event["batas_lulus"]),
        "minimum": results.LEAST_SHOWN,
    }


def report_pdf(by: Actor, event_id: int) -> str:
    """Makes the report as PDF and returns the address it is fetched from; NotFound outside the actor's region."""
    require(by, Permission.VIEW_RESULTS)
    data = report_data(by, event_id)
    return _pdf(by, event_id, words()["laporan"]["nama_berkas"], data, bimtek.report(data, words()))


def report_docx(by: Actor, event_id: int) -> str:
    """The same as a Word document, to be completed by the office."""
    require(by, Permission.VIEW_RESULTS)
    data = report_data(by, event_id)
    content = word.render(bimtek.report(data, words()), _made(data))
    return _put(by, event_id, words()["laporan"]["nama_berkas"], data, "docx", content, word.MIME)


# --- lists -----------------------------------------------------------------------------------------------------------


def attendance_data(by: Actor, event_id: int, filled: bool, session_ids: Sequence[int] | None = None) -> Row:
    """The attendance lists of the sessions asked for (all without), to sign or as marked.

    Telephone numbers are whole only for those who may reveal personal data.
    """
    require(by, Permission.ENTER_ANSWERS)
    found, whole = facts.stored(by, event_id), by.may(Permission.REVEAL_PERSONAL)
    sheets = []
    for number, session in facts.chosen(found, session_ids):
        people = []
        for person in found.people:
            at = found.marks.get((person["id"], session["id"]))
            phone = person["telepon"] if whole else personal.mask("telepon", person["telepon"])
            row = [person["nama"], person["kelamin"] or "", person["jabatan"] or "", facts.office(person), phone or ""]
            people.append([*row, f"{at.astimezone(found.zone):%H.%M}" if at and filled else ""])
        sheets.append(
            {
                "nomor": str(number),
                "tanggal": figures.date_long(session["tanggal"]),
                "waktu": facts.hours(session, found.event["zona"]),
                "materi": session["materi"],
                "narasumber": facts.speaking(found, session),
                "orang": people,
                "hadir": figures.integer(sum(bool(row[-1]) for row in people)),
            }
        )
    return {"kegiatan": facts.head(found), "sesi": sheets, "terisi": filled}


def attendance_pdf(by: Actor, event_id: int, filled: bool, session_ids: Sequence[int] | None = None) -> str:
    """Makes the attendance lists as PDF, one session after the other, and returns the address of the file."""
    require(by, Permission.ENTER_ANSWERS)
    data = attendance_data(by, event_id, filled, session_ids)
    kind = words()["hadir"]["nama_berkas_terisi" if filled else "nama_berkas_kosong"]
    return _pdf(by, event_id, kind, data, bimtek_sheets.attendance(data, words()))


def scores_data(by: Actor, event_id: int) -> Row:
    """The list of scores as texts; by number and from five pairs on for those who may not see persons."""
    require(by, Permission.VIEW_RESULTS)
    found = facts.stored(by, event_id)
    return {"kegiatan": facts.head(found), "nilai": _scores(found, results.results(by, event_id))}


def scores_pdf(by: Actor, event_id: int) -> str:
    """Makes the list of scores as PDF and returns the address of the file."""
    require(by, Permission.VIEW_RESULTS)
    data = scores_data(by, event_id)
    return _pdf(by, event_id, words()["nilai"]["nama_berkas"], data, bimtek_sheets.score_list(data, words()))


def scores_xlsx(by: Actor, event_id: int) -> str:
    """The same as a workbook with real numbers, unrounded, and a sheet that says what they are."""
    require(by, Permission.VIEW_RESULTS)
    found, evaluated = facts.stored(by, event_id), results.results(by, event_id)
    say, columns, head = words()["nilai"], words()["kolom"], facts.head(found)
    rows = findings.scores(evaluated, found.people)
    passed = {None: None, True: say["ya"], False: say["tidak"]}
    names = ("no", "peserta", "asal", "instansi", "pre", "post", "perubahan", "ngain", "batas")
    cells = [
        [place, row["label"], row["asal"] or None, row["instansi"] or None]
        + [row[name] for name in ("pre", "post", "selisih", "gain")]
        + [passed[row["lulus"]]]
        for place, row in enumerate(rows or [], 1)
    ]
    about = {
        say["kegiatan"]: head["judul"],
        say["tanggal"]: head["hari"],
        say["sumber"]: say["sumber_isi"],
        say["keterangan"]: say["batas"].format(batas=sentences.plain(evaluated.event["batas_lulus"])),
        say["dibuat"]: head["dibuat_kata"],
    }
    if rows is None:
        about[say["keterangan"]] = say["sembunyi"].format(minimum=results.LEAST_SHOWN)
    if head["contoh"]:
        about[words()["umum"]["tanda_contoh"]] = words()["umum"]["contoh"]
    content = table_workbook(say["judul"], [columns[name] for name in names], cells, about)
    return _put(by, event_id, say["nama_berkas"], {"kegiatan": head}, "xlsx", content, XLSX)


# --- what is handed to a speaker -------------------------------------------------------------------------------------


def speaker_data(by: Actor, event_id: int, speaker_id: int) -> Row:
    """The totals of the forms about one speaker; a form with fewer than five answers gives only their number."""
    require(by, Permission.VIEW_RESULTS)
    found = facts.stored(by, event_id)
    who = next((row for row in found.speakers if row["id"] == speaker_id), None)
    if who is None:
        raise NotFound(id=speaker_id)
    evaluated = results.results(by, event_id)
    forms = []
    for form in evaluated.scales:
        if form.phase != "narasumber" or form.about != who["nama"]:
            continue
        closed = form.n < results.LEAST_SHOWN
        told = (
            {"judul": form.title, "tentang": "", "kalimat": [], "baris": []}
            if closed
            else findings.scale(evaluated, form)
        )
        told |= {"tertutup": closed, "n": form.n, "minimum": results.LEAST_SHOWN}
        forms.append(told | {"sebaran": [] if closed else findings.spread(form)})
    subjects = [session["materi"] for session in found.sessions if who["id"] in session["narasumber"]]
    person = {name: who[name] or "" for name in ("nama", "jabatan", "instansi")}
    return {"kegiatan": facts.head(found), "narasumber": person | {"materi": subjects}, "formulir": forms}


def speaker_pdf(by: Actor, event_id: int, speaker_id: int) -> str:
    """Makes one speaker's own result as PDF and returns the address of the file."""
    require(by, Permission.VIEW_RESULTS)
    data = speaker_data(by, event_id, speaker_id)
    return _pdf(by, event_id, words()["narasumber"]["nama_berkas"], data, bimtek_sheets.speaker(data, words()))


# --- a test on paper -------------------------------------------------------------------------------------------------


def paper_data(by: Actor, event_id: int, form_id: int) -> Row:
    """A form as it may be printed: what a participant may see, in the order of the definition, without any key."""
    require(by, Permission.ENTER_ANSWERS)
    found, form = facts.stored(by, event_id), live.definition(by, event_id, form_id)
    rows = _forms(by, event_id)
    return {
        "kegiatan": facts.head(found),
        "judul": rows[form_id]["judul"],
        "anonim": bool(rows[form_id]["anonim"] or form.anonim),
        "formulir": public(form),
    }


def _forms(by: Actor, event_id: int) -> Mapping[int, Row]:
    with reading() as connection:
        return {row["id"]: row for row in queries.forms(connection, by.scope, event_id)}


def questions_pdf(by: Actor, event_id: int, form_id: int) -> str:
    """Makes the question sheet of a form as PDF and returns the address of the file."""
    require(by, Permission.ENTER_ANSWERS)
    data = paper_data(by, event_id, form_id)
    return _pdf(by, event_id, words()["soal"]["nama_berkas"], data, bimtek_sheets.questions(data, words()))


def answer_sheet_pdf(by: Actor, event_id: int, form_id: int) -> str:
    """Makes the answer sheet of a form as PDF and returns the address of the file."""
    require(by, Permission.ENTER_ANSWERS)
    data = paper_data(by, event_id, form_id)
    return _pdf(by, event_id, words()["jawaban"]["nama_berkas"], data, bimtek_sheets.answers(data, words()))


# --- files -----------------------------------------------------------------------------------------------------------


def _made(data: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(data["kegiatan"]["dibuat"])


def _pdf(by: Actor, event_id: int, kind: str, data: Mapping[str, Any], report: Report) -> str:
    return _put(by, event_id, kind, data, "pdf", pdf.render(report, _made(data)), PDF)


def _put(by: Actor, event_id: int, kind: str, data: Mapping[str, Any], ending: str, content: bytes, mime: str) -> str:
    """Keeps the file for its maker and writes into the audit that it was taken."""
    name = dated(kind, data["kegiatan"]["wilayah"], clock.today(), ending)
    address = downloads.put(by, name, content, mime)
    with writing() as connection:
        event = queries.event(connection, by.scope, event_id)
        if event is None:
            raise NotFound(id=event_id)
        told = {"berkas": name, "bentuk": ending}
        row = trail.audit_row(by, clock.now(), "ekspor", "kegiatan", event_id, wilayah=event["wilayah"], after=told)
        trail.record(connection, row)
    return address
