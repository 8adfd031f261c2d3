import MuseShared

/// What every command needs: the configuration and the open database.
struct CommandGround {
    let configuration: MuseConfiguration
    let database: Database

    /// - Throws: ``CommandFailure`` with the one line that says what is wrong.
    static func open() async throws -> CommandGround {
        let configuration: MuseConfiguration
        do {
            configuration = try await MuseConfiguration.load(program: .admin)
        } catch {
            throw CommandFailure("\(error)")
        }
        return CommandGround(configuration: configuration, database: try database(configuration))
    }

    static func database(_ configuration: MuseConfiguration) throws -> Database {
        guard let location = DatabaseLocation(url: configuration.databaseURL) else {
            throw CommandFailure("DATABASE_URL is not an address this program understands: sqlite:path.")
        }
        do {
            return try Database(location)
        } catch {
            throw CommandFailure("The database can't be opened: \(error)")
        }
    }

    /// Runs the work of a command and turns its failure into one line.
    func finish<T>(_ work: () async throws -> T) async throws -> T {
        do {
            return try await work()
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}

/// One clear line for the person at the terminal; the exit code is 1.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
