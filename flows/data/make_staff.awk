# make_staff - people of a small firm: names with commas, quotes and letters beyond ASCII,
# towns as people type them, pay that is not known for everyone.
#
#	awk -f make_staff.awk >staff.csv		the same bytes every time

function random(n) { # a whole number below n (Park and Miller's generator)
	seed = (seed * 16807) % 2147483647
	return int(seed / 2147483647 * n)
}

function quoted(text) {
	if (text !~ /[",]/) return text
	gsub(/"/, "\"\"", text)
	return "\"" text "\""
}

BEGIN {
	seed = 1999
	n = split("Ada|Björn|Chloë|Dmitri|Łucja|Søren|Zoë|Bob \"Bobby\"", first, "|")
	m = split("Meyer|O'Neill|Sánchez|van der Berg|Smith, Jr.|Ünal", last, "|")
	k = split("new york|New  York|NEW YORK|san josé|San   José|ulm|Ulm", towns, "|")
	print "name,city,pay,joined"
	for (i = 0; i < 120; i++) {
		name = first[1 + random(n)] " " last[1 + random(m)]
		pay = random(10) == 0 ? "" : 28000 + 250 * random(160)
		joined = sprintf("%d-%02d-%02d", 2005 + random(18), 1 + random(12), 1 + random(28))
		print quoted(name) "," towns[1 + random(k)] "," pay "," joined
	}
}
