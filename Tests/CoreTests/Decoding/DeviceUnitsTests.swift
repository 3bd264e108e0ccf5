import Core
import Testing

@Suite struct DeviceUnitsTests {
    @Test(arguments: [
        ("temperature", 21.5, "°C"), ("machine.temperature", 21, "°C"), ("temp_C", 21, "°C"),
        ("outdoorTempF", 70, "°F"), ("heatindex-C", 20, "°C"), ("dew_point", 9, "°C"),
        ("tC", 20, "°C"), ("currentTemperature", 21.5, "°C"), ("Temp °C", 21, "°C"),
        ("temperature1", 20, "°C"), ("temp_soil", 9, "°C"), ("current_humidity", 40, "%"),
        ("hum-percent", 40, "%"), ("battery", 88, "%"), ("batteryVoltage", 3.05, "V"),
        ("battery_voltage", 3_050, "mV"), ("voltage_c", 229, "V"), ("voltage_l3", 229, "V"),
        ("power_phase_c", 5, "W"), ("Current_C", 12.7, "A"), ("apparentPower", 3, "VA"),
        ("rain_mm", 2, "mm"), ("energy_kWh", 3, "kWh"), ("levelPercent", 3, "%"),
        ("co2", 600, "ppm"), ("pressure", 1_013, "hPa"), ("uptime_seconds", 9, "s"),
    ])
    func aNameThatEndsWithItsQuantity(name: String, value: Double, unit: String) {
        #expect(DeviceUnits.guess(name, value) == unit)
    }

    @Test(arguments: [
        ("power_factor", 0.9), ("power_outage_count", 5), ("powerState", 1), ("powerOnHours", 9),
        ("color_temp", 370), ("tempo", 120), ("template", 4), ("current_pos", 100),
        ("currentVersion", 3), ("current_heating_setpoint", 21), ("battery_ok", 1),
        ("battery", 3.6), ("alarms.HighTemperature", 0), ("temperature_alarm", 1), ("A", 21.5),
        ("absolute_humidity", 9), ("humidity", 300), ("pressure", 1.5), ("area_mm2", 4),
        ("mode_v2", 1), ("rettemp", 41), ("percentile", 5), ("data_point_c", 3), ("", 1), ("./", 1),
    ])
    func anyOther(name: String, value: Double) {
        #expect(DeviceUnits.guess(name, value) == nil)
    }
}
