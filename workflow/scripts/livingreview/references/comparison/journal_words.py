"""Words that ISO 4 abbreviates in the names of medical journals, as they stand abbreviated.

From the List of Title Word Abbreviations (https://www.issn.org/services/online-services/access-to-the-ltwa/),
those frequent in biomedical names. They tell the stops inside `J. Cancer Res. Clin. Oncol.` from
the stop that ends a title; words that titles end in (Drug, Cell, Gene) are not abbreviated.
"""

from __future__ import annotations

WORDS = """
abstr acad acc adv aesthet afr aging agric allergol altern am anaesth anal analyt anat androl
anesth anesthesiol angew angiol ann annu antibiot anticancer antimicrob appl aquat arch
arterioscler artif assoc atheroscler aust autoimmun autom bacteriol behav biochem bioeng bioinform
biol biomark biomed biometr biopharm biophys biosci biosens biotechnol bol br braz bull can
carcinog cardiol cardiothorac cardiovasc catal cent cerebrovasc chem chemother chim chin chir
chirurg chromatogr chron circ clim clin clinicoecon coagul cogn coll commun comp compr comput conf
contemp contin coron crit crystallogr curr cybern cytogenet cytol cytom dan deliv dent dermatol
des dev devel diabet diagn dig dis discov dispos dtsch ecol econ educ electrophysiol embryol emerg
endocr endocrinol endosc endourol eng engl environ enzym epidemiol epigenet ergon esp ethn
ethnopharmacol eur eval evid evol exp expect ext extracell fam fed fertil fr front funct fundam
gastroenterol gastrointest genet genom geogr geriatr gerontol ginecol glob gynaecol gynecol haemat
haematol haemost hematol hemost hepatobiliary hepatol hist histochem histol histopathol hong hosp
hum hung hyg hypertens immun immunol immunopathol immunopharmacol immunother impl ind indian
infect inform inj innov inorg inst instrum int integr intern interv intervent invest investig ir
isr ital j jpn kardiol klin koll korean lab laparosc laryngol lat lett leuk lipidol lymphat
lymphol magn malays manag mar mater math mech med metab meth methodol mex microb microbiol microsc
microsurg microvasc mil milit minim mol monit morphol mov multidiscip mutag nat natl naturwiss
nefrol neonatol nephrol netw neural neurobiol neurochem neuroendocrinol neurol neuropathol
neuropharmacol neurophysiol neuropsychiatr neuropsychol neuroradiol neurosci neurosurg nucl nurs
nutr obes obstet occup onco oncol ophthalmol opin opt oral org orl orthop osteopath osteoporos
otol otolaryngol paediatr palliat parasitol pathog pathol pathophysiol patol pediatr percept
perinat perinatol periodontol pers perspect pflug pharm pharmaceut pharmacoepidemiol pharmacogenet
pharmacol pharmacother philos photobiol photochem photodermatol phys physic physiol physiother
phytochem phytother plast pol pract prat prenat preoper prev prim proc prog progn promot prostat
proteom psychiatr psychol psychopharmacol psychosom psychother publ pulm pulmonol qual quant
radiat radiobiol radiogr radiol radiother reanim recept reconstr reg regul rehabil rep reprod res
resour respir respirol resusc retin rev rheum rheumatol rhinol roy russ sc scand schizophr schweiz
sci secur sem semin sens separ ser serv soc sociol spectrom spectrosc stereotact steril
strahlenther struct subst suppl surg surgic surv surviv swed symp syndr syst technol telemed
teratol ther thorac thromb thrombol toxicol transduct transfus transl transm transplant traumatol
treat trop tuberc turk ultrason ultrastruct univ urogynecol urol vac vasc ver vet virol vis vitam
wien wkly womens yearb zool
"""
ABBREVIATED = frozenset(WORDS.split())
