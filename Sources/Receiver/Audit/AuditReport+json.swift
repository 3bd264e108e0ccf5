internal import Core
internal import Wire

extension AuditReport {
    package var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.key("gateways")
            json.array(gateways) { json, gateway in
                json.object { json in
                    json.member("gateway", gateway.gateway)
                    json.key("epochs")
                    json.array(gateway.epochs) { $1.write(to: &$0) }
                }
            }
            json.key("refusals")
            json.array(refusals) { $1.write(to: &$0) }
        }
        json.newline()
        return json.bytes
    }
}

extension EpochAudit {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("epoch", epoch.description)
            json.member("batches", batches)
            json.member("first", first)
            json.member("last", last)
            json.member("complete_through", completeThrough)
            json.key("holes")
            json.array(holes) { json, hole in
                json.object { json in
                    json.member("from", hole.lowerBound)
                    json.member("to", hole.upperBound)
                }
            }
            json.member("duplicates", duplicates)
            json.member("conflicts", conflicts)
            json.key("records")
            json.object { json in
                json.member("window", records.windows)
                json.member("log", records.logs)
                json.member("gap", records.gaps)
                json.member("event", records.events)
                json.member("sample", records.samples)
            }
            json.member("revised", revised)
            json.member("amended", amended)
            json.member("bytes_wire", wireBytes)
            json.member("bytes_raw", rawBytes)
            json.key("gaps")
            json.array(gaps) { json, gap in
                json.object { json in
                    json.member("cause", gap.cause)
                    json.member("records", gap.records)
                    json.member("count", gap.count)
                    json.member("from", gap.from.description)
                    json.member("to", gap.to.description)
                }
            }
        }
    }
}

extension RefusalAudit {
    fileprivate func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("time", time.description)
            json.member("gateway", gateway)
            json.member("epoch", epoch)
            json.member("sequence", sequence)
            json.member("reason", reason)
        }
    }
}
