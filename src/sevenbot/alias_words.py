"""
The words of private addresses: short, easy to say and spell, harmless in any pair, lower-case ASCII.

No two sound alike (no "bare" beside "bear"), none names a person, a people, a body part, a weapon or an illness.
"""

from __future__ import annotations

_PLANTS = """
acacia acorn alder algae almond aloe anise apple apricot arnica arugula ash aspen aster avocado azalea bamboo banana
banyan barley basil bay begonia bilberry birch blossom borage botany bramble branch broccoli bud cabbage cacao cactus
camellia canola caper caraway cardamom carrot cashew cassava catkin cedar celery chard cherry chestnut chia chicory
chive cilantro citron citrus clover coconut conifer coral cork cosmos cotton crocus cucumber cumin currant cypress
daffodil dahlia daikon daisy date dewberry dill durian ebony endive fennel fern fir flax foliage forest freesia fruit
fuchsia gardenia garlic gentian geranium ginger ginkgo ginseng gourd grain grape grass grove guava harvest hawthorn
hazel heather hedge hibiscus hickory holly honeydew hops hyacinth iris ivy jasmine jojoba juniper kale kiwi kohlrabi
kumquat larch larkspur laurel lavender leaf leek lemon lentil lettuce lichen lilac lily lime linden linseed lotus
lupin madder magnolia mallow mandarin mango maple marigold marjoram marrow meadow medlar melon mimosa mint morel moss
mulberry mushroom mustard myrtle nettle nutmeg oak oats okra oleander olive onion orchard orchid oregano osier palm
pansy papaya paprika parsley parsnip pea peach peanut pear pecan peony pepper petal petunia pine plantain plum pollen
pomelo poplar poppy potato primrose pumpkin quince quinoa radish raisin redwood reed rhubarb rice root rose rosebud
rosehip rosemary rowan saffron sage sapling sequoia sesame shallot shamrock shrub snowdrop sorrel soybean spelt
spinach sprout spruce squash straw sycamore tamarind tangelo tarragon teak thicket thistle thyme tomato tulip turmeric
turnip twig vanilla verbena vine violet walnut wasabi wheat willow wisteria yarrow yucca zinnia zucchini
"""

_ANIMALS = """
alpaca anchovy antelope avocet badger barnacle bat beagle bear bee beetle bison bluebird bluejay bobcat bonobo buffalo
bunting buzzard camel canary capybara caribou cat catfish cheetah chipmunk cicada clam collie condor corgi coyote crab
crane cricket curlew dingo dolphin donkey dormouse dove duck dunlin eagle echidna eel egret eider elephant elk emu
ermine falcon fawn ferret finch firefly flamingo flounder fox frog gannet gazelle gecko gerbil gibbon giraffe goldfish
goose gopher goshawk grebe grouse guppy haddock halibut hamster harrier hedgehog heron herring hippo hornbill horse
ibex ibis iguana impala jackdaw jaguar jay kestrel kinglet kitten koala krill kudu ladybird lamb lapwing lark lemming
lemur leopard limpet linnet lion lizard llama lobster loris lynx macaw mackerel magpie mallard manatee marmot marten
meerkat merlin mink minnow mongoose moose moth mouse mussel narwhal nuthatch ocelot octopus okapi opossum oriole
osprey ostrich otter owl oyster panda pangolin panther parakeet parrot pelican penguin perch petrel pheasant pigeon
pika pipit platypus plover pony poodle porpoise prawn puffin puma puppy quail rabbit raccoon raven redstart reindeer
robin rook salmon sardine scallop seagull seahorse seal serval sheep shrimp siskin skylark sloth snail snipe sparrow
spaniel squid squirrel starfish starling stingray stoat stork sturgeon sunfish swallow swan tadpole tapir terrier
tiger toad tortoise toucan trout tuna turkey turtle unicorn vole wagtail wallaby walrus warbler whale whippet wolf
wombat wren yak zebra
"""

_SKY_AND_LAND = """
alcove alpine amber arch arctic atlas atoll aurora autumn bank basalt basin bayou beach beacon bedrock bluff bonfire
boulder breeze brook butte canal canyon cape cascade cave cavern chalk channel cinder clay cliff cloud coast cobalt
comet compass copper cosmic cove crag crater creek crest crystal dale dawn daylight delta desert dew diamond dolomite
drift drizzle dune dusk earth east echo eclipse ember emerald equator equinox estuary evening feldspar field fjord
flame flint fog foothill ford fossil frost galaxy garnet geyser glacier glade glen glow gold gorge granite gravel gulf
gully gypsum hail halo harbor haze headland heath heaven highland hill hollow horizon humid iceberg icicle indigo
inlet iron island isle ivory jade jasper jungle karst knoll lagoon lake land latitude lava ledge light lowland lunar
magma marble marsh mercury mesa meteor midday midnight mist monsoon moon moor morning mountain mud nebula nickel night
north nova oasis obsidian ocean onyx opal orbit outback ozone pasture path peak pearl peat pebble planet plateau
platinum polar pond prairie pulsar pumice quarry quartz quasar rain rainbow rainfall range rapids ravine reef ridge
rift river riverbed rock ruby sand sandbar sapphire savanna sea season shade shadow shale shingle shoal shore silt
silver sky sleet slope snow snowfall soil solar solstice south spark spring star steppe stone strait strand stream
summer summit sun sunbeam sundown sunrise sunset swell taiga tarn tempest terrain thaw thunder tide timber tin topaz
trail tropic tundra twilight upland valley vapor vista volcano wave weather west wetland wind winter woodland zenith
zephyr zinc zircon
"""

_MADE = """
abacus almanac anchor antenna anvil apron aquarium armchair atelier attic awning backpack badge bagel bakery balcony
ballad balloon banjo banner barge barn barrel basket bassoon bathtub bazaar beaker bell bellows bench beret bicycle
binder biscuit blanket blender boat bobbin bonnet book bookcase boots bottle bowl box bracelet brass bread brick
bridge brioche broom brush bucket buckle bugle bungalow burrito butter button cabin cabinet cable cafe cake calendar
camera campsite candle canoe canteen canvas caramel caravan cardigan cargo carousel carpet cart cartoon castle catalog
cello chair chalet chapel chariot chart chess chimes chimney chisel chutney cider cinema clarinet clock cloth cobbler
cocoa coffee collage column comic compote concert cookie corduroy cottage couch coupon cradle crate crayon cupboard
curtain cushion custard cymbal denim desk dessert diary dinghy diorama doorbell doughnut drawer dresser drum dumpling
easel elevator emblem engine envelope fabric faucet fedora felt ferry fiddle flag flannel flask flute folder fondue
fork fountain fresco frigate fudge funnel furnace galley gallery gallon garage garden gazebo gelato gingham glass
glider globe glove goblet gondola granola gravy guitar hammock handle hangar harp hat haven helmet honey house inkwell
jacket jam jar jersey jigsaw jukebox kayak kazoo kettle keyboard kilt kimono kiosk kitchen kite ladder ladle lamp
lantern lasagna latch lattice lens letter library linen locket loft loom lute magnet mailbox mandolin mansion manual
map marimba marina market marzipan mast mat meringue mill mirror mitten mixer mobile mocha monitor mosaic motor muesli
muffin mug mural museum napkin needle noodle notebook novel oboe omelet opera origami ottoman oven overcoat paddle
pagoda paint pajamas palace pancake pantry paper parade parasol parcel parka parquet pasta pastel pastry patio
pavilion pencil pendulum piano piccolo picnic pier pillow pilot pita pixel pizza plank plaster plate plaza pocket poem
polka poncho porch portrait postcard poster pottery pretzel prism pudding pulley puppet puzzle pyramid quilt raft
ratchet recipe recorder ribbon risotto robot rocket roof rope rotunda rudder rug ruler saddle sail salad salsa sandal
sandwich satchel satin saucer scarf scooter seesaw shelf sherbet ship signal silk sketch skillet sled slipper soap
sofa sonata sorbet spatula sphere spindle spool spoon stadium stamp statue stencil strudel studio subway suitcase
sundial sundae sweater swing symphony syrup table tablet tango tapestry tea teapot temple tent terrace theater thimble
ticket tiles toast toboggan toffee tower tractor tram tray trellis triangle tricycle trolley trombone trophy trumpet
tuba tugboat tunic tunnel turbine turret tweed ukulele umbrella uniform vase vault velvet veranda vest viaduct village
villa viola wafer waffle wagon waltz wardrobe wheel whistle wicker windmill window wool workshop yacht yarn yogurt
yurt zeppelin zipper zither
"""

_QUALITIES = """
able active agile airy alert ample azure balmy blithe bold brave bright brisk bronze calm candid careful cheerful
civil classic clear clever cordial cozy crimson crisp curious daring deft early elegant even exact fair famous fancy
fast festive fine fleet fluent formal frank free fresh friendly gentle genuine glad gleaming golden good grand
grateful green handy happy hardy hearty helpful honest hopeful humble ideal jaunty jolly jovial joyful keen kind
lilting lively lucid lucky magenta maroon mellow merry mighty mindful modern modest natural neat nimble noble novelty
open patient peaceful placid playful pleasant plucky poised polite prompt proper proud purple quick quiet radiant
rapid ready regal robust rosy rustic scarlet serene sincere smart smooth snug soft solid sonic spry stable steady
sterling sturdy subtle sunny superb supple teal thankful thrifty tidy tranquil true trusty upbeat valiant vast velvety
vibrant vivid warm wise witty worthy zesty
"""

WORDS: tuple[str, ...] = tuple(
    sorted({word for words in (_PLANTS, _ANIMALS, _SKY_AND_LAND, _MADE, _QUALITIES) for word in words.split()})
)
