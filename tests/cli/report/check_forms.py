"""Reads the forms of a report as the programs do that take them."""
import csv
import json
import sys
import xml.etree.ElementTree as xml

import jsonschema

schemas = sys.argv[1]


def load(name):
    with open(name, encoding="utf-8") as file:
        return json.load(file)


def check_json():
    report = load("report.json")
    jsonschema.validate(report, load(f"{schemas}/report-1.schema.json"))
    audit = load(f"{schemas}/audit-1.schema.json")
    for case in report["cases"]:
        jsonschema.validate(case["audit"], audit)
    assert report["summary"]["findings"] == sum(len(case["audit"]["findings"]) for case in report["cases"])
    print(f"json: {len(report['cases'])} cases")


def check_ndjson():
    types = [json.loads(line)["type"] for line in open("report.ndjson", encoding="utf-8")]
    assert types[0] == "start" and types[-1] == "summary", types
    print(f"ndjson: {types.count('case')} cases, {types.count('source')} source")


def check_csv():
    with open("report.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert all(len(row) == len(rows[0]) for row in rows)
    assert not any(cell[:1] in "=+-@\t\r" for row in rows for cell in row if cell)
    print(f"csv: {len(set(row[4] for row in rows[1:]))} pages")


def check_sarif():
    """What GitHub's code scanning documents that it asks for."""
    log = load("report.sarif")
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1
    run = log["runs"][0]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    for rule in run["tool"]["driver"]["rules"]:
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help")), rule
    prints = set()
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert result["ruleId"] in rules and result["message"]["text"]
        assert "://" not in place["artifactLocation"]["uri"]
        assert all(place["region"][key] >= 1 for key in ("startLine", "startColumn", "endLine", "endColumn"))
        assert result["level"] in ("error", "warning", "note") and result["kind"] == "fail"
        assert result["baselineState"] in ("new", "unchanged", "updated", "absent")
        prints.add(result["partialFingerprints"]["primaryLocationLineHash"])
    assert len(prints) == len(run["results"]), "two alerts would be one"
    hidden = sum("suppressions" in result for result in run["results"])
    assert run["results"] and hidden, "the case that was ignored has results that are suppressed"
    print("sarif: as code scanning takes it")


def check_xml():
    suites = xml.parse("report.junit").getroot()
    pages = {test.get("classname") for test in suites.findall("testsuite/testcase")}
    assert suites.findall("testsuite/testcase/failure")
    print(f"junit: {len(pages)} pages")
    feed = xml.parse("report.atom").getroot()
    print(f"atom: {len(feed.findall('{http://www.w3.org/2005/Atom}entry'))} entries")


check_json()
check_ndjson()
check_csv()
check_sarif()
check_xml()
