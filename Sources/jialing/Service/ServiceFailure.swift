import Library
import Service
import Store
import Vocabulary
import Web

extension LibraryOptions {
    /// The platform's phrases without its rules: what looks after data must work beside a broken pack.
    func phrases() throws(CommandFailure) -> Phrasebook {
        do {
            return try RuleLibrary.phrases(root: root())
        } catch {
            throw CommandFailure("\(error)", status: 2)
        }
    }

    /// Runs a command of the service; what goes wrong is said in its words, and ends with its status (docs/service.md).
    func speaking(_ phrasebook: Phrasebook, _ body: () async throws -> Void) async throws(CommandFailure) {
        func failure(_ message: Message, _ status: Int32) -> CommandFailure {
            CommandFailure(phrasebook.text(message, in: language), status: status)
        }
        do {
            try await body()
        } catch {
            switch error {
            case let failure as CommandFailure: throw failure
            case let fault as SettingFault: throw failure(fault.message, 2)
            case let fault as ServiceFault: throw failure(fault.message, fault.isOfReading ? 3 : 1)
            case let fault as ListenFault: throw failure(fault.message, 1)
            case let fault as StoreFault: throw failure(fault.message, 3)
            case let fault as BackupFault: throw failure(fault.message, fault.isOfReading ? 3 : 1)
            default:
                throw failure(
                    Message(key: "service.failed", arguments: ["error": String(reflecting: type(of: error))]), 1)
            }
        }
    }
}

extension BackupFault {
    /// Whether something could not be read, else that something could not be written.
    fileprivate var isOfReading: Bool {
        switch self {
        case .cannotRead, .damaged, .otherTable: true
        case .exists, .cannotWrite, .notEmpty: false
        }
    }
}
