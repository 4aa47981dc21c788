// A case for a board, a GY-521 and a cell, with lugs for a band. All lengths in millimetres.
// Render: openscad -D 'part="body"' -o case-body.stl case.scad   (and part="lid")
// Boards: "esp32-30" (DevKit V1), "esp32" (DevKitC V4), "esp32-s3" (DevKitC-1), "esp32-c3" (DevKitM-1).

part = "both";           // [body, lid, both]
board = "esp32-30";      // [esp32-30, esp32, esp32-s3, esp32-c3]

/* [What goes in] */
cell = [35, 52, 5.5];    // a 500 mAh cell, size 303450 or 503450, with its protection board
charger = [18, 24, 5];   // charger and regulator, under the sensor, its socket at the high end
sensor = [21.6, 16.2];   // GY-521
board_height = 9;        // board without long pins: wires are soldered

/* [Case] */
wall = 2;
floor_thickness = 1.6;
shelf = 1.2;             // between cell and board
clearance = 0.4;         // around every part
lip = 1.6;               // how far the lid reaches into the body
fit = 0.2;               // between lip and body: larger for a loose lid
band = 25;               // width of the band
band_thickness = 3;
usb = [13, 8];           // hole for the plug: width, height
corner = 3;
$fn = 32;

// Width, and length with the antenna; sockets from the left edge; BOOT from the left and the lower edge (as haredge wiring draws them).
boards = [
    ["esp32-30", 28.2, 53, [14.1], [22, 5]],
    ["esp32", 27.9, 56.6, [13.9], [22.1, 4.5]],
    ["esp32-s3", 25.5, 70.1, [6.1, 19.4], [7.6, 12.5]],
    ["esp32-c3", 25.4, 42.9, [12.9], [5.6, 5.8]],
];
chosen = boards[search([board], boards)[0]];
board_width = chosen[1];
board_length = chosen[2];

inner_width = max(board_width, cell[0], sensor[0] + 4) + 2 * clearance;
upper_length = board_length + clearance + sensor[1] + 4;
inner_length = max(upper_length, cell[1] + clearance + charger[1]) + 2 * clearance;
lower = max(cell[2], charger[2]) + 2 * clearance;
inner_height = lower + shelf + board_height;
width = inner_width + 2 * wall;
length = inner_length + 2 * wall;
height = inner_height + floor_thickness;
board_left = wall + (inner_width - board_width) / 2;
little = 0.01;           // solids overlap by this much, so that no two faces lie on each other

module block(x, y, z, radius) {
    hull()
        for (i = [radius, x - radius], j = [radius, y - radius])
            translate([i, j, 0]) cylinder(h = z, r = radius);
}

// A bow at the side for the band: the slot runs along the case.
module lug() {
    depth = band_thickness + 2.5;
    difference() {
        translate([-depth, 0, 0]) cube([depth + wall / 2, band + 6, 8]);
        translate([-depth + 2.5, 3, -1]) cube([band_thickness, band, 10]);
    }
}

module body() {
    difference() {
        union() {
            block(width, length, height, corner);
            translate([0, (length - band - 6) / 2, 0]) lug();
            translate([width, (length + band + 6) / 2, 0]) rotate([0, 0, 180]) lug();
        }
        translate([wall, wall, floor_thickness]) block(inner_width, inner_length, inner_height + 1, corner - 1);
        // Sockets at the low end, at the height of the board.
        for (x = chosen[3])
            translate([board_left + x - usb[0] / 2, -1, floor_thickness + lower + shelf - 1]) cube([usb[0], wall + 2, usb[1]]);
        // The charger's socket at the high end, on the floor.
        translate([width / 2 - 5, length - wall - 1, floor_thickness]) cube([10, wall + 2, 5]);
    }
    shelf_ribs();
    sensor_posts();
}

// Ribs along both long walls carry the board above the cell.
module shelf_ribs() {
    reach = (inner_width - board_width) / 2 + 1.5;
    for (side = [0, 1])
        translate([side == 0 ? wall - little : width - wall - reach + little, wall + 2, floor_thickness + lower])
            cube([reach, board_length - 4, shelf]);
}

// The module lies on two posts at the high end, with a drop of hot glue at each: it must not move. Their front, 3 mm higher, stops the board.
module sensor_posts() {
    top = floor_thickness + lower + shelf;
    deep = (inner_width - charger[0]) / 2 - clearance;
    y = wall + 2 * clearance + board_length;
    for (side = [0, 1])
        translate([side == 0 ? wall - little : width - wall - deep + little, y, floor_thickness - little]) {
            cube([deep, sensor[1] + 2, top - floor_thickness + 2 * little]);
            cube([deep, 1.6, top - floor_thickness + 3]);
        }
}

assert(sensor[0] > charger[0] + 2 * clearance + 2, "the sensor would fall between its posts: the charger is too wide");
assert(inner_length >= 2 * clearance + board_length + sensor[1] + 2, "board and sensor do not fit behind each other");

module lid() {
    block(width, length, floor_thickness, corner);
    difference() {
        translate([wall + fit, wall + fit, floor_thickness - little]) block(inner_width - 2 * fit, inner_length - 2 * fit, lip, corner - 1);
        translate([wall + fit + 1.6, wall + fit + 1.6, 0]) block(inner_width - 2 * fit - 3.2, inner_length - 2 * fit - 3.2, lip + floor_thickness + 1, corner - 1.5);
    }
}

// A hole above BOOT, for a pen. The lid is printed on its outer side: left and right change places when it is put on.
module lid_with_hole() {
    difference() {
        lid();
        translate([width - board_left - chosen[4][0], wall + clearance + chosen[4][1], -1]) cylinder(h = floor_thickness + lip + 2, d = 5);
    }
}

if (part == "body") body();
else if (part == "lid") lid_with_hole();
else {
    body();
    translate([width + band_thickness + 12, 0, 0]) lid_with_hole();
}
