import Testing

@testable import Vocabulary

@Suite("Reporting periods")
struct ReportingPeriodTests {
    @Test(
        "periods are read as forms and reports write them",
        arguments: [
            ("2026-10", "2026-10"), ("2026/10", "2026-10"), ("2026.10", "2026-10"), ("202610", "2026-10"),
            ("2026-3", "2026-03"),
            ("2026年10月", "2026-10"), ("2026年3月份", "2026-03"), ("２０２６－１０", "2026-10"), ("2026Q3", "2026Q3"),
            ("2026-Q3", "2026Q3"),
            ("2026q3", "2026Q3"), ("２０２６Ｑ３", "2026Q3"), ("2026年三季度", "2026Q3"), ("2026年第三季度", "2026Q3"),
            ("2026年3季度", "2026Q3"),
            ("2026年第3季度", "2026Q3"), ("2026年四季", "2026Q4"), ("2026H1", "2026H1"), ("2026-H2", "2026H2"),
            ("2026年上半年", "2026H1"),
            ("2026年下半年", "2026H2"), ("2026", "2026"), ("2026年", "2026"), ("2026年度", "2026"), (" 2026 ", "2026"),
        ])
    func reading(text: String, printed: String) throws {
        #expect(try ReportingPeriod.parse(text).description == printed)
    }

    @Test(
        "what is no period is refused, with its place",
        arguments: [
            ("", "period.empty", nil), ("Q3", "period.not-a-period", 0), ("26-10", "period.not-a-period", 0),
            ("2026-", "period.not-a-period", 5),
            ("2026.1", "period.not-a-period", 5), ("2026-13", "period.impossible-month", 5),
            ("202600", "period.impossible-month", 4),
            ("2026Q5", "period.impossible-quarter", 4), ("2026Q0", "period.impossible-quarter", 4),
            ("2026H3", "period.impossible-half", 4),
            ("0000", "period.impossible-year", 0), ("2026-10-01", "period.not-a-period", 7),
            ("2026Q33", "period.not-a-period", 4),
            ("2026年五季度", "period.not-a-period", 5), ("2026年第三", "period.not-a-period", 7),
            ("2026年5季度", "period.impossible-quarter", 5),
            ("2026年第3月", "period.not-a-period", 7), ("2026年上年", "period.not-a-period", 5),
        ] as [(String, String, Int?)])
    func refusals(text: String, code: String, position: Int?) {
        let found = refusal(ReportingPeriod.self, text)
        #expect(found?.code == code && found?.position == position, "\(text): \(String(describing: found))")
    }

    @Test("first and last days are those of the calendar")
    func days() throws {
        let quarter = try ReportingPeriod.parse("2026Q3")
        #expect(quarter.firstDay.description == "2026-07-01" && quarter.lastDay.description == "2026-09-30")
        #expect(quarter.dayCount == 92)
        #expect(try ReportingPeriod.parse("2024-02").lastDay.description == "2024-02-29")
        #expect(try ReportingPeriod.parse("2026H2").firstDay.description == "2026-07-01")
        #expect(try ReportingPeriod.parse("2024").dayCount == 366)
        #expect(quarter.contains(try CalendarDate.parse("2026-09-30")))
        #expect(!quarter.contains(try CalendarDate.parse("2026-10-01")))
        #expect(try quarter.contains(ReportingPeriod.parse("2026-08")))
        #expect(try !quarter.contains(ReportingPeriod.parse("2026H2")))
    }

    @Test("every period of two centuries prints and reads back, meets its neighbours and contains its days")
    func everyPeriod() throws {
        for year in 1900...2100 {
            for kind in ReportingPeriod.Kind.allCases {
                for number in 1...kind.countInYear {
                    let period = try #require(ReportingPeriod(kind, year: year, number: number))
                    #expect(try ReportingPeriod.parse(period.description) == period)
                    #expect(period.next.previous == period)
                    #expect(period.lastDay.advanced(by: 1) == period.next.firstDay)
                    #expect(period < period.next)
                    #expect(period.yearEarlier.next(kind.countInYear) == period)
                    #expect(ReportingPeriod(kind, containing: period.firstDay) == period)
                    #expect(ReportingPeriod(kind, containing: period.lastDay) == period)
                }
            }
        }
        #expect(ReportingPeriod(.month, year: 2026, number: 13) == nil)
    }

    @Test("a period divides into shorter ones without gap or overlap")
    func division() throws {
        let year = try ReportingPeriod.parse("2026")
        #expect(year.divided(into: .quarter).map(\.description) == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"])
        #expect(try ReportingPeriod.parse("2026H2").divided(into: .month).map(\.number) == Array(7...12))
        #expect(year.divided(into: .year) == [year])
        let parts = year.divided(into: .month)
        #expect(parts.first?.firstDay == year.firstDay && parts.last?.lastDay == year.lastDay)
        #expect(parts.sorted() == parts)
    }

    @Test("the ends of the calendar stand still")
    func ends() throws {
        let last = try ReportingPeriod.parse("9999-12")
        #expect(last.next == last && last.lastDay == .latest)
        let first = try ReportingPeriod.parse("0001Q1")
        #expect(first.previous == first && first.firstDay == .earliest)
    }

    @Test("hostile bytes end in a period or a fault with a phrase")
    func fuzzing() throws {
        try fuzz(
            seeds: ["2026-10", "2026Q3", "2026H1", "2026年三季度", "2026年上半年"], alphabet: "0123456789-QHqh年月季度上下半第三 ",
            seed: 42
        ) { bytes throws(ParseFault) in
            let period = try ReportingPeriod.parse(bytes)
            if try ReportingPeriod.parse(period.description) != period { Issue.record("\(period)") }
        }
    }
}

extension ReportingPeriod {
    fileprivate func next(_ steps: Int) -> ReportingPeriod {
        (0..<steps).reduce(self) { period, _ in period.next }
    }
}
