import ArgumentParser
import MuseShared

/// `MuseAdmin staff …`
struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "Accounts of the staff.", subcommands: [StaffAddCommand.self])
}

/// `MuseAdmin staff add`: the password is the first line of standard input, so that it stands in no shell history.
struct StaffAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an account; the password is read from standard input.")

    @Option(help: "Address to sign in with.")
    var email: String

    @Option(help: "\(StaffRole.allCases.map(\.rawValue).joined(separator: ", "))")
    var role: String

    @Option(help: "How colleagues call them.")
    var name: String = ""

    func run() async throws {
        guard let role = StaffRole(rawValue: role) else {
            throw CommandFailure("A role is one of: \(StaffRole.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard let password = readLine(strippingNewline: true), !password.isEmpty else {
            throw CommandFailure("The password is read from standard input, and there was none.")
        }
        let ground = try await CommandGround.open()
        defer { ground.database.close() }
        let add = AddStaff(database: ground.database, domains: ground.configuration.staffEmailDomains)
        do {
            try SchemaRepository(database: ground.database).check()
            let member = try await add(AddStaff.Request(email: email, role: role, name: name, password: password))
            print("\(member.email) is on the staff as \(member.role.rawValue).")
        } catch let refusal as AddStaff.Refusal {
            throw CommandFailure(refusal.sentence)
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}
