import Access
import HTTPTypes
import Platform
import PlatformFixtures
import Projects
import Store
import Testing
import Vocabulary

@Suite("Journeys through the pages")
struct JourneyTests {
    private static let form = [
        "name": "云阳县盘石100MW风电场", "owner_name": "重庆盘石风电有限公司", "region": "500235", "purpose": "建设100MW风电场",
        "stage": "approved", "total_investment": "65000", "need_amount": "45000", "need_kind": "loan",
        "need_tenor": "180",
        "subjects": "cn.green-finance.2025 = 4.2.1", "facts": "installed_capacity = 100 MW",
    ]

    private func register(
        _ browser: Browser, for organisation: ID<Organisation>, _ changes: [String: String] = [:]
    ) async throws -> String {
        let page = try await browser.get("/projects/new")
        let fields = Self.form.merging(changes) { $1 }.merging(["organisation": organisation.text]) { $1 }
        let answer = try await browser.post("/projects", from: page, fields)
        #expect(answer.status == 303, "\(answer.text)")
        return String(try #require(answer.location).prefix { $0 != "?" })
    }

    @Test(
        "A project is registered, proved with a document, submitted, published, and found by a bank",
        arguments: Engine.allCases)
    func publish(engine: Engine) async throws {
        try await PortalHouse.with(engine) { portal in
            let place = try await portal.house.organisation(.district, region: TestPlatform.yunyang)
            let officer = try portal.browser(await portal.house.viewer([.officer], of: place))
            let reviewer = try portal.browser(await portal.house.viewer([.reviewer], of: place))
            let bank = try portal.browser(await portal.house.member(.lender, [.officer]))
            let path = try await register(officer, for: place.id)
            var page = try await officer.get(path)
            #expect(page.status == 200 && page.text.contains("云阳县盘石100MW风电场"))
            #expect(!page.text.contains("project."), "a phrase is missing")
            // A file that lies comes back with what is wrong.
            let refused = try await officer.upload(
                path + "/documents", from: page, file: "批复.pdf", "application/pdf", SampleFiles.png)
            #expect(refused.status == 422 && refused.text.contains("与扩展名不符"))
            let attached = try await officer.upload(
                path + "/documents", from: page, file: "批复.pdf", "application/pdf", SampleFiles.pdf,
                fields: [("proves", "installed_capacity")])
            #expect(attached.status == 303 && attached.location == path + "?done=project.attached")
            page = try await officer.get(path + "?done=project.attached")
            #expect(page.text.contains("文件已上传") && page.text.contains("批复.pdf"))
            let link = try #require(page.text.firstRange(of: "href=\"\(path)/documents/"))
            let document = path + "/documents/" + page.text[link.upperBound...].prefix { $0 != "\"" }
            let download = try await officer.get(document)
            #expect(download.status == 200 && download.bytes == SampleFiles.pdf)
            #expect(download.headers[.contentType] == "application/pdf")
            #expect(download.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(download.headers[.xContentTypeOptions] == "nosniff")
            #expect(try await bank.get(document).status == 404)
            var answer = try await officer.post(
                path + "/step", from: page, ["step": "submit", "version": page.hidden("version")])
            #expect(answer.status == 303)
            page = try await reviewer.get(path)
            answer = try await reviewer.post(
                path + "/step", from: page, ["step": "publish", "version": page.hidden("version")])
            #expect(answer.status == 303)
            let list = try await bank.get("/projects")
            #expect(list.text.contains("云阳县盘石100MW风电场"))
            #expect(try await bank.get(document).bytes == SampleFiles.pdf)
            // A bank attaches nothing, and is told so before it sends 50 MB.
            page = try await bank.get(path)
            answer = try await bank.upload(
                path + "/documents", from: page, file: "a.pdf", "application/pdf", SampleFiles.pdf)
            #expect(answer.status == 403, "\(answer.text)")
            page = try await officer.get(path)
            let digest = document.split(separator: "/").last.map { String($0) } ?? ""
            answer = try await officer.post(
                path + "/documents/\(digest)/detach", from: page, ["version": page.hidden("version")])
            #expect(answer.status == 303)
            #expect(try await officer.get(document).status == 404)
            let history = try await officer.get(path + "/history")
            #expect(history.text.contains("批复.pdf") && !history.text.contains("act."))
        }
    }

    @Test("An upload that breaks off, is too large or brings no token leaves nothing")
    func broken() async throws {
        try await PortalHouse.with(.sqlite) { portal in
            let place = try await portal.house.organisation(.district, region: TestPlatform.yunyang)
            let officer = try portal.browser(await portal.house.viewer([.officer], of: place))
            let path = try await register(officer, for: place.id)
            let page = try await officer.get(path)
            var answer = try await officer.upload(
                path + "/documents", from: page, file: "a.pdf", "application/pdf", SampleFiles.pdf, isBrokenOff: true)
            #expect(answer.status == 400)
            let large = SampleFiles.pdf + [UInt8](repeating: 0, count: Platform.mostDocumentBytes)
            answer = try await officer.upload(path + "/documents", from: page, file: "a.pdf", "application/pdf", large)
            #expect(answer.status == 422 && answer.text.contains("50 MB"))
            answer = try await officer.upload(
                path + "/documents", from: page, file: "a.pdf", "application/pdf",
                large + [UInt8](repeating: 0, count: 70_000))
            #expect(answer.status == 413)
            answer = try await officer.upload(
                path + "/documents",
                from: Answer(status: 0, headers: [:], bytes: Array("name=\"form_token\" value=\"x\"".utf8)),
                file: "a.pdf", "application/pdf", SampleFiles.pdf)
            #expect(answer.status == 403)
            let kept = try await portal.house.platform.database.read { try $0.rows("SELECT digest FROM content") }
            #expect(kept.isEmpty)
        }
    }

    @Test(
        "A list with faults is looked at, its faults are taken home, the rest is confirmed", arguments: Engine.allCases)
    func imports(engine: Engine) async throws {
        try await PortalHouse.with(engine) { portal in
            let place = try await portal.house.organisation(.district, region: TestPlatform.yunyang)
            let officer = try portal.browser(await portal.house.viewer([.officer], of: place))
            let other = try portal.browser(
                await portal.house.member(.district, [.officer], region: TestPlatform.yuzhong))
            let form = try await officer.get("/projects/import")
            #expect(form.status == 200 && !form.text.contains("project-import."))
            let list = "项目名称,业主,所属区县,总投资（万元）\n云阳县盘石风电场,重庆盘石风电有限公司,云阳县,65000\n=1+1,某业主,火星,1\n"
            let fields = [("organisation", try form.hidden("organisation"))]
            let refused = try await officer.upload(
                "/projects/import", from: form, file: "清单.csv", "text/csv", Array("甲,乙\n1,2\n".utf8), fields: fields)
            #expect(refused.status == 422 && refused.text.contains("表头缺少必需的列"))
            let sent = try await officer.upload(
                "/projects/import", from: form, file: "清单.csv", "text/csv", Array(list.utf8), fields: fields)
            #expect(sent.status == 303, "\(sent.text)")
            let path = try #require(sent.location)
            let preview = try await officer.get(path)
            #expect(preview.text.contains("新增1个项目") && preview.text.contains("1行有误，不会入库"))
            #expect(preview.text.contains("火星") && !preview.text.contains("project-import."))
            #expect(try await other.get(path).status == 404)
            #expect(try await !officer.get("/projects").text.contains("盘石"))
            let faults = try await officer.get(path + "/faults")
            #expect(faults.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(faults.text.contains("'=1+1,某业主,火星,1,"))
            let taken = try await officer.post(path, from: preview, ["plan": preview.hidden("plan")])
            #expect(taken.status == 303)
            #expect(try await officer.get("/projects?done=project-import.done").text.contains("清单已入库"))
            #expect(try await officer.get("/projects").text.contains("盘石"))
            #expect(try await officer.get(path).text.contains("新增1个"))
            let again = try await officer.post(path, from: preview, ["plan": preview.hidden("plan")])
            #expect(again.status == 422 && again.text.contains("已"))
        }
    }

    @Test("Duplicates are found, put together with a choice, and taken apart again", arguments: Engine.allCases)
    func duplicates(engine: Engine) async throws {
        try await PortalHouse.with(engine) { portal in
            let place = try await portal.house.organisation(.district, region: TestPlatform.yunyang)
            let officer = try portal.browser(await portal.house.viewer([.officer], of: place))
            let reviewer = try portal.browser(await portal.house.viewer([.reviewer], of: place))
            let first = try await register(officer, for: place.id)
            portal.house.pass(seconds: 1)
            let second = try await register(
                officer, for: place.id, ["name": "云阳盘石风电场（100兆瓦）", "total_investment": "66000"])
            let seen = try await officer.get(first + "/duplicates")
            #expect(seen.text.contains("云阳盘石风电场（100兆瓦）") && seen.text.contains("业主相同"))
            #expect(!seen.text.contains("/merge?with="))
            let found = try await reviewer.get(second + "/duplicates")
            let link = try #require(found.text.firstRange(of: "\(second)/merge?with="))
            let other = String(found.text[link.upperBound...].prefix { $0 != "\"" })
            let form = try await reviewer.get("\(second)/merge?with=\(other)")
            #expect(form.text.contains("总投资") && !form.text.contains("merging."))
            let id = second.split(separator: "/").last.map { String($0) } ?? ""
            var fields = [
                "version": try form.hidden("version"), "with": other, "with_version": try form.hidden("with_version"),
                "choice:project.field.total-investment:": id,
            ]
            let refused = try await reviewer.post(second + "/merge", from: form, fields)
            #expect(refused.status == 422 && refused.text.contains("需要写明理由"))
            fields["reason"] = "重复登记"
            let merged = try await reviewer.post(second + "/merge", from: form, fields)
            #expect(merged.status == 303 && merged.location == first + "/duplicates?done=merging.done")
            var page = try await reviewer.get(first)
            #expect(page.text.contains("660000000.00") && page.text.contains("云阳盘石风电场（100兆瓦）"))
            #expect(try await officer.get(second).text.contains("已合并"))
            page = try await reviewer.get(first + "/duplicates")
            #expect(page.text.contains("已并入的记录"))
            let undone = try await reviewer.post(
                first + "/unmerge", from: page, ["version": page.hidden("version"), "reason": "并非同一项目"])
            #expect(undone.status == 303)
            #expect(try await officer.get(second).text.contains("660000000.00"))
            #expect(try await officer.get(first).text.contains("650000000.00"))
        }
    }

    @Test("Every page stands in both languages", arguments: Language.allCases)
    func languages(language: Language) async throws {
        try await PortalHouse.with(.sqlite) { portal in
            let place = try await portal.house.organisation(.district, region: TestPlatform.yunyang)
            let viewer = try await portal.house.viewer([.officer, .reviewer], of: place)
            let browser = try portal.browser(
                Viewer(
                    person: viewer.person, name: viewer.name, language: language, memberships: viewer.memberships,
                    credential: viewer.credential))
            let path = try await register(browser, for: place.id)
            portal.house.pass(seconds: 1)
            let other = try await register(browser, for: place.id, ["name": "云阳盘石风电场"])
            let id = other.split(separator: "/").last.map { String($0) } ?? ""
            for address in [
                "/projects", "/projects/new", "/projects/import", path, path + "/edit", path + "/history",
                path + "/duplicates", "\(path)/merge?with=\(id)",
            ] {
                let page = try await browser.get(address)
                #expect(page.status == 200)
                #expect(page.text.contains("<html lang=\"\(language == .zh ? "zh-CN" : "en")\">"))
                for family in ["project.", "project-import.", "document.", "merging.", "portal.", "act."] {
                    let keys = page.text.matches(of: /[>" ]([a-z-]+\.[a-z-]+[a-z.-]*)[<" ]/).map { String($0.1) }
                        .filter { $0.hasPrefix(family) }
                    #expect(keys == [], "\(address)")
                }
            }
        }
    }
}
