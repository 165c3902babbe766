"""Writes the tables among tests/shapes that are no text: Parquet, .xls, .ods, and .xlsx of several sheets.

The amounts are made up. Written with Python 3.13, pyarrow 26.0.1 (Apache-2.0), xlwt 1.3.0 (BSD), odfpy 1.4.1 (Apache-2.0 or
GPL-2.0) and openpyxl 3.1.5 (MIT); the files are data and carry none of their code.

    pip install pyarrow==26.0.1 xlwt==1.3.0 odfpy==1.4.1 openpyxl==3.1.5
    python make.py ../../shapes
"""

import datetime
import decimal
import math
import pathlib
import sys

import odf.opendocument
import odf.table
import odf.text
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import xlwt

OUT = pathlib.Path(sys.argv[1])


def months(count, first=datetime.date(2024, 1, 1)):
    return [datetime.date(first.year + (first.month - 1 + at) // 12, (first.month - 1 + at) % 12 + 1, 1) for at in range(count)]


def parquet(name, columns, **options):
    options = {"compression": "snappy", **options}
    pq.write_table(pa.table(columns), OUT / f"parquet-{name}.parquet", **options)


def parquet_files():
    dates = months(8)
    parquet(
        "nixtla",
        {
            "unique_id": pa.array(["North"] * 8 + ["South"] * 8).dictionary_encode(),
            "ds": pa.array([datetime.datetime(d.year, d.month, 1) for d in dates] * 2, pa.timestamp("ns")),
            "y": pa.array([100.5 + 10 * at for at in range(8)] + [50.25 + 5 * at for at in range(8)], pa.float64()),
        },
        row_group_size=5,
    )
    parquet(
        "decimals-nulls",
        {
            "company": pa.array(["Example, Inc."] * 5, pa.large_string()),
            "date": pa.array([datetime.date(2024, 3 * q, 30 if q in (2, 3) else 31) for q in range(1, 5)] + [datetime.date(2025, 3, 31)]),
            "revenue": pa.array([decimal.Decimal("1234.50"), decimal.Decimal("-0.05"), None, decimal.Decimal("1500.00"), decimal.Decimal("1600.10")], pa.decimal128(18, 2)),
            "currency": pa.array(["EUR"] * 5),
            "note": pa.array(['said "final"', None, None, "two\nlines", None]),
        },
        compression="zstd",
    )
    parquet(
        "decimal-three-places",
        {
            "month": pa.array(["2024-01", "2024-02"]),
            "revenue": pa.array([decimal.Decimal("1.234"), decimal.Decimal("12345678901234567890123.456")], pa.decimal128(38, 3)),
        },
        compression="gzip",
    )
    parquet(
        "wide",
        {"segment": ["Cloud", "Ads"], **{f"{d:%Y-%m}": pa.array([100 + at, 200 + 2 * at], pa.int64()) for at, d in enumerate(months(4))}},
        compression="none",
    )
    parquet(
        "series-columns",
        {
            "month": pa.array(["2024-01", "2024-02", "2024-03"]),
            "Cloud": pa.array([1.5, 2.25, None], pa.float32()),
            "Ads": pa.array([7, 8, 9], pa.int32()),
            "tags": pa.array([["a"], [], ["b", "c"]]),
        },
        data_page_version="2.0",
    )
    parquet(
        "integers",
        {"year": pa.array([2022, 2023, 2024], pa.int16()), "revenue": pa.array([3, 2**63 + 2**40, 5], pa.uint64()), "audited": [True, True, False]},
    )
    parquet(
        "int96",
        {
            "date": pa.array([datetime.datetime(2023, 12, 31), datetime.datetime(2024, 12, 31)], pa.timestamp("ns")),
            "revenue": pa.array([1.0, 2.0]),
        },
        use_deprecated_int96_timestamps=True,
    )
    parquet(
        "timestamps-utc",
        {
            "date": pa.array([datetime.datetime(1969, m, 28, 23, 59, tzinfo=datetime.UTC) for m in range(1, 4)], pa.timestamp("us", "UTC")),
            "known": pa.array([datetime.datetime(1969, 12, 31, 12)] * 3, pa.timestamp("ms")),
            "revenue": pa.array([1, 2, 3]),
        },
    )
    parquet("byte-stream-split", {"month": [f"{d:%Y-%m}" for d in months(3)], "revenue": [1.5, 2.5, 3.5]}, use_dictionary=False, use_byte_stream_split=["revenue"])
    parquet("delta", {"month": [f"{d:%Y-%m}" for d in months(3)], "revenue": [100, 200, 300]}, use_dictionary=False,
            column_encoding={"month": "DELTA_BYTE_ARRAY", "revenue": "DELTA_BINARY_PACKED"}, version="2.6")
    parquet("empty", {"month": pa.array([], pa.string()), "revenue": pa.array([], pa.float64())})
    parquet("value-text", {"month": ["2024-01", "2024-02", "2024-03"], "revenue": ["10", "abc", "12"]})
    parquet("value-nan", {"month": ["2024-01", "2024-02"], "revenue": [10.0, math.nan]})
    parquet("value-list", {"month": ["2024-01", "2024-02"], "revenue": [[1.0], [2.0, 3.0]]})
    parquet("value-struct", {"month": ["2024-01"], "revenue": [{"amount": 1.0, "currency": "EUR"}]})
    parquet("period-time", {"date": pa.array([1, 2], pa.time64("us")), "revenue": [1.0, 2.0]})
    parquet("series-bytes", {"series": pa.array([b"Example", b"\xff\xfe"]), "period": ["2024", "2024"], "revenue": [1.0, 2.0]})
    parquet("no-revenue", {"month": ["2024-01"], "profit": [1.0]})
    parquet("lz4", {"month": ["2024-01"], "revenue": [1.0]}, compression="lz4")
    whole = {"month": [f"{d:%Y-%m}" for d in months(40)], "revenue": [float(at) for at in range(40)]}
    parquet("corrupt-page", whole, use_dictionary=False)
    bytes_of = bytearray((OUT / "parquet-corrupt-page.parquet").read_bytes())
    at = bytes_of.index(b"2024-0")
    bytes_of[at - 30 : at + 30] = bytes(60)
    (OUT / "parquet-corrupt-page.parquet").write_bytes(bytes_of)
    parquet("cut-off", whole)
    (OUT / "parquet-cut-off.parquet").write_bytes((OUT / "parquet-cut-off.parquet").read_bytes()[:600])


def xls_files():
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    money = xlwt.easyxf(num_format_str="#,##0.00 €")
    book = xlwt.Workbook()
    sheet = book.add_sheet("Revenue")
    for column, text in enumerate(["Company", "Date", "Revenue (EUR)"]):
        sheet.write(2, 1 + column, text)
    for row, (date, amount) in enumerate(zip(months(3, datetime.date(2024, 10, 1)), [1234.567, 1500, 1600.5])):
        sheet.write(3 + row, 1, "Example")
        sheet.write(3 + row, 2, date, day)
        sheet.write(3 + row, 3, amount, money)
    book.save(str(OUT / "sheet-long.xls"))
    book = xlwt.Workbook()
    notes = book.add_sheet("Read me")
    notes.write(0, 0, "Figures are in the sheets behind this one")
    for name, factor in [("Actuals", 1), ("Budget", 2)]:
        sheet = book.add_sheet(name)
        for column, text in enumerate(["Product", "2022", "2023", "2024"]):
            sheet.write(0, column, text)
        for row, product in enumerate(["Disks", "Tapes"]):
            sheet.write(1 + row, 0, product)
            for year in range(3):
                sheet.write(1 + row, 1 + year, factor * (100 * (row + 1) + year))
    book.save(str(OUT / "sheet-figures-second.xls"))


def ods_files():
    def cell(value):
        if value is None:
            return odf.table.TableCell()
        if isinstance(value, datetime.date):
            made = odf.table.TableCell(valuetype="date", datevalue=value.isoformat())
        elif isinstance(value, (int, float)):
            made = odf.table.TableCell(valuetype="float", value=str(value))
        else:
            made = odf.table.TableCell(valuetype="string", stringvalue=value)
        made.addElement(odf.text.P(text=str(value)))
        return made

    def write(name, sheets):
        document = odf.opendocument.OpenDocumentSpreadsheet()
        for title, rows in sheets:
            table = odf.table.Table(name=title)
            for row in rows:
                line = odf.table.TableRow()
                for value in row:
                    line.addElement(cell(value))
                table.addElement(line)
            # As LibreOffice does: the rest of the sheet is one row, repeated.
            rest = odf.table.TableRow(numberrowsrepeated=1_048_000)
            rest.addElement(odf.table.TableCell(numbercolumnsrepeated=16_000))
            table.addElement(rest)
            document.spreadsheet.addElement(table)
        document.save(str(OUT / name))

    rows = [["Monat", "Umsatz", "Währung"]] + [[d, 1000.5 + 100 * at, "EUR"] for at, d in enumerate(months(4))]
    write("sheet-long.ods", [("Tabelle1", rows)])
    write("sheet-months-years.ods", [("Umsatz", [["Month", 2023, 2024]] + [[d.strftime("%B"), 10 + at, 20 + at] for at, d in enumerate(months(12))])])


def xlsx_files():
    def book(name):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, factor in [("Actuals 2024", 1), ("Budget", 2), ("2024", 3)]:
            sheet = made.create_sheet(title)
            sheet.append(["Quarter", "Revenue"])
            for quarter in range(1, 5):
                sheet.append([f"2024Q{quarter}", factor * (1000 + 10 * quarter)])
        hidden = made.create_sheet("Lists", 0)
        hidden.append(["Month", "Revenue"])
        hidden.append(["2001-01", 1])
        hidden.sheet_state = "hidden"
        made.create_sheet("Cover", 0)["B2"] = "Prepared for a test"
        made.save(OUT / name)

    for name in ["several", "by-name", "by-number", "number-is-a-name", "hidden", "misspelt", "unknown"]:
        book(f"sheet-{name}.xlsx")
    bytes_of = bytearray((OUT / "sheet-several.xlsx").read_bytes())
    at = bytes_of.index(b"xl/worksheets/sheet3.xml")
    bytes_of[at + 60 : at + 120] = bytes(60)
    (OUT / "sheet-corrupt.xlsx").write_bytes(bytes_of)
    (OUT / "sheet-cut-off.xlsx").write_bytes((OUT / "sheet-several.xlsx").read_bytes()[:3000])


parquet_files()
xls_files()
ods_files()
xlsx_files()
