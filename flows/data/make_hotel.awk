# make_hotel - hotel bookings that never happened, with the quirks of real ones: "NULL"
# and "NA" for nothing, m/d/yyyy dates, blanks, commas and "&" in labels, one row in five
# there twice, a few families of ten children, a refund as a negative rate.
#
#	awk -f make_hotel.awk >hotel_bookings.csv	the same bytes every time

function random(n) { # a whole number below n (Park and Miller's generator)
	seed = (seed * 16807) % 2147483647
	return int(seed / 2147483647 * n)
}

# One word of "word weight word weight ...", "_" for a blank.
function pick(words,  n, w, i, total, at) {
	n = split(words, w, " ")
	for (i = 2; i <= n; i += 2) total += w[i]
	at = random(total)
	for (i = 2; i <= n; i += 2) {
		at -= w[i]
		if (at < 0) break
	}
	gsub(/_/, " ", w[i - 1])
	return w[i - 1]
}

function days_of(month, year) {
	return month == 2 ? 28 + (year % 4 == 0) : 30 + (month + (month > 7)) % 2
}

function date_after(day, month, year, days) {
	for (day += days; day > days_of(month, year); month++) {
		day -= days_of(month, year)
		if (month == 12) { month = 0; year++ }
	}
	return month "/" day "/" year
}

function booking(  year, month, day, week, m, weekend, nights, lead, adults, kids, room,
		given, segment, channel, gone, status, agent, rate, deposit, kind, country, again) {
	year = 2015 + random(3); month = 1 + random(12); day = 1 + random(days_of(month, year))
	for (m = 1; m < month; m++) week += days_of(m, year)
	week = int((week + day + 5) / 7) + 1; if (week > 53) week = 53
	weekend = pick("0 33 1 23 2 37 3 3 4 4"); nights = pick("0 5 1 21 2 18 3 16 4 9 5 21 10 4")
	lead = random(4) ? random(120) : random(420)
	adults = pick("2 80 1 16 3 4"); kids = pick("0 905 1 45 2 46 3 1 10 2 NA 3")
	segment = pick("Online_TA 45 Groups 19 Offline_TA/TO 17 Direct 12 Corporate 6 Complementary 1")
	channel = segment == "Direct" || segment == "Corporate" ? segment : "TA/TO"
	room = pick("A 61 D 17 E 12 G 4 C 2 F 2 H 2"); given = random(6) ? room : pick("A 3 D 4 E 3 F 1 I 1")
	country = pick("PRT 55 GBR 12 ESP 9 IRL 5 FRA 3 DEU 3 NULL 2 CN 1 CHE 1 USA 1")
	deposit = pick("No_Deposit 91 Non_Refund 8 Refundable 1")
	kind = pick("Transient 77 Transient-Party 18 Contract 4 Group 1")
	agent = segment == "Direct" || random(12) == 0 ? "NULL" : pick("240 48 250 7 241 4 242 3 298 3 314 3 40 2 96 2 9 9 6 5")
	gone = random(100) < 40; status = gone ? (random(30) ? "Canceled" : "No-Show") : "Check-Out"
	rate = segment == "Complementary" ? 0 : 20 + random(1800) / 10
	if (random(6) == 0) rate += 0.05
	if (random(1500) == 0) rate = -6.38
	again = random(27) == 0
	return pick("Resort_Hotel 70 City_Hotel 25 \"Bed,_Bath_&_More\" 5") "," gone "," lead "," \
		year "," months[month] "," week "," day "," weekend "," nights "," adults "," kids "," \
		pick("0 97 1 3") "," pick("BB 72 HB 22 FB 3 Undefined 2 SC 1") "," country "," \
		segment "," channel "," again + 0 "," pick("0 96 1 3 24 1") "," \
		(again ? 1 + random(4) : 0) "," room "," given "," pick("0 84 1 12 2 3 3 1") "," \
		deposit "," agent "," pick("NULL 92 223 3 281 2 94 2 154 1") "," \
		pick("0 98 47 1 122 1") "," kind "," rate "," pick("0 92 1 8") "," \
		pick("0 61 1 25 2 11 3 3") "," status "," date_after(day, month, year, gone ? 0 : weekend + nights)
}

BEGIN {
	seed = 20150701
	split("January February March April May June July August September October November December", months, " ")
	print "hotel,is_canceled,lead_time,arrival_date_year,arrival_date_month," \
		"arrival_date_week_number,arrival_date_day_of_month,stays_in_weekend_nights," \
		"stays_in_week_nights,adults,children,babies,meal,country,market_segment," \
		"distribution_channel,is_repeated_guest,previous_cancellations," \
		"previous_bookings_not_canceled,reserved_room_type,assigned_room_type," \
		"booking_changes,deposit_type,agent,company,days_in_waiting_list,customer_type,adr," \
		"required_car_parking_spaces,total_of_special_requests,reservation_status," \
		"reservation_status_date"
	while (rows < 5000) {
		line = booking()
		for (copies = random(8) ? 1 : 2 + random(2); copies > 0 && rows < 5000; copies--) {
			rows++
			# copies of a booking are rarely neighbours
			if (copies > 1 && random(2)) later[++n] = line
			else print line
		}
		if (n > 3 && random(3) == 0 && rows < 5000) print later[n--]
	}
	while (n > 0) print later[n--]
}
