import Testing
import Vocabulary

@testable import Web

@Suite("Problems")
struct ProblemTests {
    @Test("Two problems are equal only with the same details")
    func equality() {
        let message = Message(key: "request.invalid", arguments: [:])
        let detail = Problem.Detail(pointer: "/name", message: message)
        #expect(Problem(status: 422, message: message) != Problem(status: 422, message: message, details: [detail]))
    }
}
