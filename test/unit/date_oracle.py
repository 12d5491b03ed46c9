#!/usr/bin/python3
"""date_oracle.py - what Python's calendar says of dates as written

Prints test/unit/date_vectors.h: random dates, intervals and damaged dates,
each with the interval that it can mean, found by trying every calendar day
against the pattern.  Usage: date_oracle.py SEED ROWS > date_vectors.h
"""
import datetime as dt
import random
import re
import sys

EPOCH = dt.date(2000, 1, 1).toordinal()
DAY = 86400 * 10**6
OPEN_FROM, OPEN_TO = -2**63, 2**63 - 1


def matches(pattern, number):
    text = "%0*d" % (len(pattern), number)
    return len(text) == len(pattern) and all(p in ("X", t) for p, t in zip(pattern, text))


def from_the_right(*fields):
    """Are all unspecified digits to the right of all others?"""
    text = "".join(fields)
    return "X" not in text.rstrip("X")


def days(year, month="XX", day="XX"):
    """First and last ordinal of the calendar days that match."""
    years = [y for y in range(0, 10000) if matches(year, y)]
    found = []
    for y in {years[0], years[-1]}:
        for m in range(1, 13):
            for d in range(1, 32):
                if matches(month, m) and matches(day, d):
                    try:
                        found.append(dt.date(y, m, d).toordinal())
                    except ValueError:
                        pass
    return (min(found), max(found)) if found else None


def month_days(y, m):
    first = dt.date(y, m, 1).toordinal()
    return first, days("%04d" % y, "%02d" % m)[1]


def moment(s):
    """(from_us, to_us, has_time, zone_known, zone_s), or None."""
    s = s[:-1] if s[-1:] in ("?", "~", "%") else s
    m = re.fullmatch(r"([0-9]{4})-(2[1-4])", s, re.A)
    if m:
        y, season = int(m[1]), int(m[2])
        first = {21: (y, 3), 22: (y, 6), 23: (y, 9), 24: (y - 1, 12)}[season]
        last = {21: (y, 5), 22: (y, 8), 23: (y, 11), 24: (y + 1, 2)}[season]
        return ((month_days(*first)[0] - EPOCH) * DAY,
                (month_days(*last)[1] + 1 - EPOCH) * DAY, False, False, 0)
    m = re.fullmatch(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2})(?:T(.*))?)?)?", s, re.A)
    if not m:
        return None
    fields = [f for f in m.groups()[:3] if f is not None]
    if not from_the_right(*fields):
        return None
    found = days(*fields)
    if not found:
        return None
    start, end = (found[0] - EPOCH) * DAY, (found[1] + 1 - EPOCH) * DAY
    if m[4] is None:
        return start, end, False, False, 0
    if "X" in m[3]:
        return None
    t = re.fullmatch(r"(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?(Z|[+-]\d\d(?::\d\d)?)?",
                     m[4], re.A)
    if not t:
        return None
    hours, minutes, seconds = (int(t[i] or 0) for i in (1, 2, 3))
    micro = int((t[4] or "0")[:6].ljust(6, "0"))
    if minutes > 59 or seconds > 59:
        return None
    if hours == 24 and (minutes or seconds or int((t[4] or "0")[:6])):
        return None
    if hours > 24:
        return None
    width = dt.timedelta(hours=1)
    if t[2]:
        width = dt.timedelta(minutes=1)
    if t[3]:
        width = dt.timedelta(seconds=1)
    width_us = width // dt.timedelta(microseconds=1)
    if t[4]:
        width_us = 10 ** (6 - min(6, len(t[4])))
    at = start + ((hours * 60 + minutes) * 60 + seconds) * 10**6 + micro
    zone = 0
    if t[5] and t[5] != "Z":
        zh, zm = int(t[5][1:3]), int(t[5][4:6] or 0)
        if zh > 15 or zm > 59:
            return None
        zone = (zh * 3600 + zm * 60) * (1 if t[5][0] == "+" else -1)
    return at, at + width_us, True, t[5] is not None, zone


def span(s):
    """All that date_read and date_days say, or None."""
    ends = s.split("/")
    if len(ends) > 2 or s == "/":
        return None
    if len(ends) == 1:
        a = b = moment(s)
    else:
        a, b = ((OPEN_FROM, OPEN_TO, False, False, 0) if e in ("", "..") else moment(e)
                for e in ends)
        if a and b and a[3] and b[2] and not b[3]:
            b = b[:3] + (True, a[4])
    if not a or not b:
        return None
    start = a[0] if a[0] == OPEN_FROM else a[0] - a[4] * 10**6
    end = b[1] if b[1] == OPEN_TO else b[1] - b[4] * 10**6
    if start >= end:
        return None
    day_a = -2**31 if a[0] == OPEN_FROM else a[0] // DAY
    day_b = 2**31 - 1 if b[1] == OPEN_TO else (b[1] - 1) // DAY
    quals = {e[-1:] for e in ends}
    return (start, end, a[3], b[3], a[4], b[4], bool(quals & set("~%")),
            bool(quals & set("?%")), min(day_a, day_b), max(day_a, day_b))


def digits(r, n, lo, hi):
    return "%0*d" % (n, r.randint(lo, hi))


def blank(r, s):
    """X for some digits from the right."""
    n = r.randint(0, 6)
    out = []
    for c in reversed(s):
        if c.isdigit() and n > 0:
            c, n = "X", n - 1
        out.append(c)
    return "".join(reversed(out))


def date(r):
    y = digits(r, 4, 1000, 9998) if r.random() < 0.3 else digits(r, 4, 1985, 2010)
    m, d = digits(r, 2, 0, 13), digits(r, 2, 0, 32)
    kind = r.random()
    if kind < 0.15:
        s = y
    elif kind < 0.3:
        s = y + "-" + m
    elif kind < 0.4:
        s = y + "-" + digits(r, 2, 20, 25)
    else:
        s = y + "-" + m + "-" + d
    if r.random() < 0.25:
        s = blank(r, s)
    if kind > 0.6:
        s += "T" + digits(r, 2, 0, 25)
        if r.random() < 0.8:
            s += ":" + digits(r, 2, 0, 60)
            if r.random() < 0.5:
                s += ":" + digits(r, 2, 0, 60)
                if r.random() < 0.5:
                    n = r.randint(1, 9)
                    s += r.choice(".,") + digits(r, n, 0, 10**n - 1)
        if r.random() < 0.5:
            s += r.choice(["Z", "+04", "-05:30", "+15:59", "+16", "+04:60",
                           "+%02d:00" % r.randint(0, 12)])
    if r.random() < 0.25:
        s += r.choice("?~%")
    return s


def damage(r, s):
    for _ in range(r.randint(1, 2)):
        i = r.randint(0, len(s))
        s = r.choice([s[:i] + s[i + 1:], s[:i] + r.choice("0123456789X-:/TZ+.?~% ") + s[i:],
                      s[:i] + r.choice("0123456789X-") + s[i + 1:]])
    return s


def literal(x):
    """C has no literal for the smallest integers."""
    if isinstance(x, bool):
        return str(x).lower()
    return {OPEN_FROM: "INT64_MIN", OPEN_TO: "INT64_MAX", -2**31: "INT32_MIN"}.get(x, str(x))


def main():
    seed, rows = int(sys.argv[1]), int(sys.argv[2])
    r = random.Random(seed)
    print("/* Made by date_oracle.py %d %d: do not edit. */" % (seed, rows))
    print("#define DATE_SEED %d" % seed)
    print("static const DateVector date_vectors[] = {")
    seen = set()
    while len(seen) < rows:
        s = date(r)
        if r.random() < 0.3:
            s = r.choice([date(r), "..", ""]) + "/" + r.choice([date(r), "..", ""])
        if r.random() < 0.2:
            s = damage(r, s)
        # the year 0 is beyond datetime; date_test walks through it by hand
        if s in seen or any(re.match(r"0[0X]{3}|XXXX", e) for e in s.split("/")):
            continue
        seen.add(s)
        v = span(s)
        if v is None:
            print('\t{.text = "%s"},' % s)
            continue
        print('\t{"%s", true, %s},' % (s, ", ".join(literal(x) for x in v)))
    print("};")


main()
