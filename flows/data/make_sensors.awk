# make_sensors - readings of weather stations, with holes, a broken thermometer and two
# readings of the same minute.
#
#	awk -f make_sensors.awk >sensors.csv		the same bytes every time

function random(n) { # a whole number below n (Park and Miller's generator)
	seed = (seed * 16807) % 2147483647
	return int(seed / 2147483647 * n)
}

BEGIN {
	seed = 20240301
	split("Ulm Bonn Kiel Jena", stations, " ")
	split("ok ok ok ok ok dusty dusty frozen _", states, " ")
	print "station;taken;temperature;humidity;state"
	for (i = 0; i < 400; i++) {
		minute = i * 20 + (i % 40 == 7 ? -20 : 0)
		taken = sprintf("2024-03-%02d %02d:%02d:00", 1 + int(minute / 1440), int(minute / 60) % 24, minute % 60)
		temperature = random(11) == 0 ? "" : random(130) == 0 ? 99.9 : (random(400) - 100) / 10
		humidity = random(9) == 0 ? "" : 30 + random(70)
		state = states[1 + random(9)]
		sub(/_/, "", state)
		print stations[1 + random(4)] ";" taken ";" temperature ";" humidity ";" state
	}
}
