import ArgumentParser
import Library
import Service
import Store
import Vocabulary
import Web

extension LibraryOptions {
    /// The platform's phrases without its rules: what looks after data must work beside a broken pack.
    private func phrases() throws(CommandFailure) -> Phrasebook {
        do {
            return try RuleLibrary.phrases(root: root())
        } catch {
            throw CommandFailure("\(error)", status: 2)
        }
    }

    /// Runs a command of the service; what goes wrong is said in its words, and ends it with its status (docs/service.md).
    func speaking(_ body: (Phrasebook) async throws -> Void) async throws(ExitCode) {
        do throws(CommandFailure) {
            let phrasebook = try phrases()
            do { try await body(phrasebook) } catch { throw failure(error, phrasebook) }
        } catch {
            throw error.exit()
        }
    }

    private func failure(_ error: any Error, _ phrasebook: Phrasebook) -> CommandFailure {
        func told(_ message: Message, _ status: Int32) -> CommandFailure {
            CommandFailure(phrasebook.text(message, in: language), status: status)
        }
        return switch error {
        case let failure as CommandFailure: failure
        case let fault as SettingFault: told(fault.message, 2)
        case let fault as ServiceFault: told(fault.message, fault.isOfReading ? 3 : 1)
        case let fault as ListenFault: told(fault.message, 1)
        case let fault as StoreFault: told(fault.message, 3)
        case let fault as BackupFault: told(fault.message, fault.isOfReading ? 3 : 1)
        default:
            told(Message(key: "service.failed", arguments: ["error": String(reflecting: type(of: error))]), 1)
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
