# Played on the Docker Engine of this machine and by NetSim; after each case both must look the same.

# A network of one's own: subnet, gateway, addresses, names.
docker network create app
docker run -d --name c1 --net app lab/busybox sleep 1d
docker run -d --name c2 --net app --network-alias two lab/web
docker run -d --name c3 lab/busybox sleep 1d
docker inspect -f '{{.Name}} {{range .NetworkSettings.Networks}}{{.IPAddress}} {{.Gateway}}{{end}}' c1 c2 c3
docker exec c1 ping -c 1 -W 2 c2
#@ snapshot own-network
docker rm -f c1 c2 c3
docker network rm app

# Which address comes back after rm, stop and start.
docker network create --subnet 10.5.0.0/24 app
docker run -d --name a1 --net app lab/busybox sleep 1d
docker run -d --name a2 --net app lab/busybox sleep 1d
docker run -d --name a3 --net app lab/busybox sleep 1d
docker rm -f a2
docker run -d --name a4 --net app lab/busybox sleep 1d
docker stop -t 0 a1
docker run -d --name a5 --net app lab/busybox sleep 1d
docker start a1
docker restart -t 0 a3
docker inspect -f '{{.Name}} {{.NetworkSettings.Networks.app.IPAddress}}' a1 a3 a4 a5
#@ snapshot addresses
docker rm -f a1 a3 a4 a5
docker network rm app

# Static addresses, a range, an auxiliary address, and what is refused.
docker network create --subnet 10.6.0.0/16 --ip-range 10.6.5.0/24 --gateway 10.6.5.254 --aux-address nas=10.6.5.1 lan
docker run -d --name s1 --net lan lab/busybox sleep 1d
docker run -d --name s2 --net lan lab/busybox sleep 1d
docker run -d --name s3 --net lan --ip 10.6.99.9 lab/busybox sleep 1d
docker run -d --name s4 --net lan --ip 10.6.99.9 lab/busybox sleep 1d
docker run -d --name s5 --net lan --ip 10.7.0.1 lab/busybox sleep 1d
docker network create --subnet 10.6.128.0/17 over
#@ snapshot static-addresses
docker rm -f s1 s2 s3 s4 s5
docker network rm lan

# The next subnets, with one in the middle given back.
docker network create n1
docker network create n2
docker network create n3
docker network rm n2
docker network create n4
docker network create n5
docker network inspect -f '{{.Name}} {{range .IPAM.Config}}{{.Subnet}} {{.Gateway}}{{end}}' n1 n3 n4 n5
#@ snapshot subnets
docker network rm n1 n3 n4 n5

# Ports: fixed, random, on one address, of UDP, and one that is taken.
docker network create --subnet 10.8.0.0/24 app
docker run -d --name p1 --net app -p 8080:80 lab/web
docker run -d --name p2 --net app -p 127.0.0.1:8081:80 -p 5353:53/udp lab/web
docker run -d --name p3 -p 80 -P --expose 81 lab/web
docker run -d --name p4 --net app -p 8080:80 lab/web
docker port p1
docker port p2
docker ps --format '{{.Names}} {{.Ports}}'
host wget -q -O - http://203.0.113.2:8080/
outside wget -q -O - http://203.0.113.2:8080/
#@ snapshot ports
docker rm -f p1 p2 p3 p4
docker network rm app

# The rules as containers and networks come and go.
docker network create --subnet 10.9.0.0/24 r1
docker network create --subnet 10.10.0.0/24 -o com.docker.network.bridge.enable_icc=false r2
docker network create --subnet 10.11.0.0/24 -o com.docker.network.bridge.enable_ip_masquerade=false r3
docker run -d --name w1 --net r1 -p 8081:80 lab/web
docker run -d --name w2 --net r2 -p 8082:80 lab/web
docker stop -t 0 w1
docker start w1
docker network rm r3
#@ snapshot rules
docker rm -f w1 w2
docker network rm r1 r2

# An internal network, alone and beside another.
docker network create --internal --subnet 10.12.0.0/24 inner
docker network create --subnet 10.13.0.0/24 outer
docker run -d --name i1 --net inner lab/busybox sleep 1d
docker run -d --name i2 --net inner -p 8080:80 lab/web
docker run -d --name i3 --net inner lab/busybox sleep 1d
docker network connect outer i3
docker port i2
docker exec i1 ping -c 1 -W 2 i2
#@ snapshot internal
docker rm -f i1 i2 i3
docker network rm inner outer

# Connected and disconnected while it runs: interfaces, default gateway, ports, hosts.
docker network create --subnet 10.14.0.0/24 aaa
docker network create --subnet 10.15.0.0/24 bbb
docker run -d --name m1 --net bbb -p 8080:80 lab/web
docker network connect --ip 10.14.0.9 --alias late aaa m1
docker run -d --name m2 --net aaa lab/busybox sleep 1d
docker network disconnect bbb m1
docker network connect bbb m1
docker network connect bridge m2
docker port m1
docker inspect -f '{{range $k, $v := .NetworkSettings.Networks}}{{$k}} {{$v.IPAddress}};{{end}}' m1 m2
docker exec m2 ping -c 1 -W 2 late
#@ snapshot two-networks
docker rm -f m1 m2
docker network rm aaa bbb

# IPv6 beside IPv4.
docker network create --ipv6 --subnet 10.16.0.0/24 --subnet fd00:16::/64 six
docker run -d --name v1 --net six lab/web
docker run -d --name v2 --net six --ip6 fd00:16::99 -p 8080:80 lab/web
docker inspect -f '{{.Name}} {{.NetworkSettings.Networks.six.GlobalIPv6Address}}' v1 v2
docker exec v1 ping -6 -c 1 -W 2 fd00:16::99
#@ snapshot ipv6
docker rm -f v1 v2
docker network rm six

# Files: servers, search, options, host name, extra hosts; a legacy link.
docker network create --subnet 10.17.0.0/24 app
docker run -d --name f1 --net app --dns 203.0.113.53 --dns-search corp.test --dns-opt ndots:2 lab/busybox sleep 1d
docker run -d --name f2 --net app --hostname www --domainname corp.test --add-host pinned:10.1.2.3 lab/busybox sleep 1d
docker run -d --name f3 --dns-search lab.test lab/web
docker run -d --name f4 --link f3:site lab/busybox sleep 1d
docker exec f4 ping -c 1 -W 2 site
#@ snapshot files
docker rm -f f1 f2 f3 f4
docker network rm app

# The modes without a network of their own.
docker run -d --name base -p 8080:80 lab/busybox sleep 1d
docker run -d --name side --net container:base lab/web
docker run -d --name alone --net none lab/busybox sleep 1d
docker run -d --name onhost --net host lab/busybox sleep 1d
docker run -d --name wrong --net container:base -p 81:81 lab/busybox sleep 1d
docker network connect bridge alone
docker network connect bridge onhost
#@ snapshot modes
docker rm -f base side alone onhost

# Options of bridges: name, prefix of interfaces, MTU, address of bindings, labels.
docker network create --subnet 10.18.0.0/24 -o com.docker.network.bridge.name=mybr0 -o com.docker.network.container_iface_prefix=lan -o com.docker.network.driver.mtu=1400 --label tier=front named
docker network create --subnet 10.19.0.0/24 -o com.docker.network.bridge.host_binding_ipv4=127.0.0.1 local
docker run -d --name b1 --net named --mac-address 02:aa:bb:cc:dd:ee lab/busybox sleep 1d
docker run -d --name b2 --net local -p 8080:80 lab/web
docker network connect local b1
docker port b2
docker network ls --filter label=tier=front --format '{{.Name}} {{.Driver}}'
#@ snapshot options
docker rm -f b1 b2
docker network prune -f

# Refusals.
docker network create app
docker run -d --name e1 --net app lab/busybox sleep 1d
docker network create app
docker network create host
docker network create --subnet 10.20.0.0/24 --gateway 10.21.0.1 wrong
docker run -d --name e1 lab/busybox sleep 1d
docker run -d --name e2 --net nosuch lab/busybox sleep 1d
docker run -d --name e3 -p 99999:80 lab/busybox sleep 1d
docker network rm app
docker network rm nosuch
docker network connect app e1
docker network disconnect bridge e1
docker rm e1
docker start nosuch
docker exec e1 false
docker kill nosuch
docker rename e1 e1
docker pause e1
docker exec e1 true
docker unpause e1
docker inspect nosuch
#@ snapshot refusals
docker rm -f e1 e2
docker network rm app
