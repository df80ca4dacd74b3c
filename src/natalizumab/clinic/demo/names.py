"""Made-up names: the surnames are joined from words that go with no family, so that nobody can be meant."""

from __future__ import annotations

FEMALE = (
    "Alma Bea Cora Delia Edie Fenna Greta Hana Iris Juna Kit Lena Mina Nell Orla Petra Quilla Rosa Saskia Thea "
    "Ulla Vera Willa Xenia Yara Zoe Ada Brisa Clio Dina Elsa Flora Gaia Hedda Ines Jorun Kaia Liv Maren Nadia "
    "Odile Pia Runa Sanna Tilda Una Vita Wanda Ylva Zita Aria Betka Calla Dagny Effie Freya Gilda Halla Isla Jette"
).split()
MALE = (
    "Abel Bram Cato Dov Emil Finn Gus Hal Ivo Jens Kaj Leo Milo Nils Otto Pim Quin Rune Sven Tomas "
    "Uwe Vito Wim Yann Zeno Arlo Bo Cas Dag Eskil"
).split()
SURNAMES = (
    "Amberquill Birchlantern Cloudmere Dovetailor Emberfold Fernwhistle Glimmerby Hollowreed Inkwater Juniperly "
    "Kettlebrook Larkspindle Mossbuckle Nettlewick Oakthimble Pebblecrest Quillfeather Rainbarrow Saltharrow "
    "Thistledew Umberlane Velvetmoor Willowsnap Yarrowglen Zephyrdale Applequay Brambleton Candleford-Pine "
    "Driftmarrow Elderfinch Foxgloveley Gorsebell Heatherspan Ivorytide Jasperlock Kitefield Lanternby Marigrove "
    "Nightharbour Otterbourne-Lea Plumeridge Quartzley Rushwicker Sorrelgate Tumblewharf Underhazel Vinemarch "
    "Waxwingham Yewsparrow Zinnialee Ashpetal Bellwether-Moss Cinderpath Duskmeadow Evergale Flintwren "
    "Gooseberrow Honeystile Iciclebeck Jackdawley Kelpwater Lilypost Meadowquist Nutshellby Oystercote Pinecandle "
    "Quaggybrook Riddlestone Starlingford Teasel-Ray Upperthorn Violetmere Wrenmantle Yellowbarn Zestmoor "
    "Acornsby Butterbank Cloverhatch Dandelow Eiderholm"
).split()
